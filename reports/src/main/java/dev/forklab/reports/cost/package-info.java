/// A model of cost: what a task costs in each way of running it, from the cells that a run measured
/// to those that it did not.
///
/// Pure: knows cells and numbers, and nothing of trials, pools or pages.
@NullMarked
package dev.forklab.reports.cost;

import org.jspecify.annotations.NullMarked;
