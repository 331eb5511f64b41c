/// From findings to a decision: a [Question] about a piece of work and what is needed, and the
/// [Decision] that a run supports, or the [Refusal] to decide, in words.
///
/// Pure: an analysis and a question in, a decision out; the same for the same. What is shown of a
/// decision (terminal, decision record, JSON) is written from the one record.
@NullMarked
package dev.forklab.reports.decision;

import org.jspecify.annotations.NullMarked;
