/// The contract of a pool of workers, whatever its workers are.
///
/// A pool takes *messages* (bytes), runs a [dev.forklab.workload.TaskFunction] over each on one of
/// its workers, and completes a future with the *reply* (bytes) or with a [TaskFailure]. Every
/// future completes; the queue in front of the workers is bounded; closing says what was lost.
///
/// | type | what it is |
/// |---|---|
/// | [WorkerPool] | the contract, sentence by sentence |
/// | [PoolOptions] | what every model's pool is built with |
/// | [TaskFailure] | the closed family of reasons why a task has no reply |
/// | [CloseReport] | what became of the tasks that were in the pool when it was closed |
/// | [LocalPool], [LocalTask] | what the models whose workers are threads have in common |
///
/// The module's test-jar holds the suite that every model passes, `WorkerPoolContract`: extend it,
/// say how your pool is opened, and each sentence of the contract is a test.
@NullMarked
package dev.forklab.workload.pool;

import org.jspecify.annotations.NullMarked;
