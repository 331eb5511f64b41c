/// From options to a plan: pure functions, no clock, no files, no processes.
///
/// A [dev.forklab.bench.plan.PlanRequest] is what the user asked for, checked; the
/// [dev.forklab.bench.plan.Planner] turns it into a [dev.forklab.results.Plan] that fits the time
/// given; a [dev.forklab.bench.plan.SliceOrder] is the order inside one trial. The same request and
/// seed give the same plan.
@NullMarked
package dev.forklab.bench.plan;

import org.jspecify.annotations.NullMarked;
