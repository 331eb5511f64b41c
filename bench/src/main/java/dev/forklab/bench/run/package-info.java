/// Executes a plan: one trial after another, each result on disk before the next begins; resumes
/// what was interrupted; lets one lab run at a time.
@NullMarked
package dev.forklab.bench.run;

import org.jspecify.annotations.NullMarked;
