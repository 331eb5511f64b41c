/// What failures cost: a disposable service on each model's pool, faults that are made to happen in
/// it, and a watcher outside that counts what they cost.
///
/// | class | what it is |
/// |---|---|
/// | [FaultTrialRunner] | one trial: a service, a load, a fault, the watch, what is left |
/// | [FaultService] | the program of the service; [FaultyWorkload] and [Misdeeds] run in its workers |
/// | [ServiceKeeper] | the supervisor: starts the service, and starts it again if it is run so |
/// | [ServiceClient] | the lab's end of the connection: submits tasks, hears answers |
/// | [RequestLog] | what became of each task, and so the counts |
/// | [Proof] | whether the fault happened |
/// | [FaultPlanner], [FaultExecutor] | which trials, and one after the other |
@NullMarked
package dev.forklab.bench.faults;

import org.jspecify.annotations.NullMarked;
