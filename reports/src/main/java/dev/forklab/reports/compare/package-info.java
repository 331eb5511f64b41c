/// Runs set beside each other: what changed from one to another, and how well runs of one build
/// agree.
///
/// Between runs nothing is paired, which is a type here: every comparison is made of an
/// [dev.forklab.reports.compare.Unpaired]. [dev.forklab.reports.compare.Differences] says whether
/// runs may be compared, and in what they differ; that decides which of the two is asked:
/// [dev.forklab.reports.compare.Changes] or [dev.forklab.reports.compare.Replication].
@NullMarked
package dev.forklab.reports.compare;

import org.jspecify.annotations.NullMarked;
