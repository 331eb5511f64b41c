/// The records of a run directory, and their reader and writer: the file format that joins
/// measuring and reporting.
///
/// A run directory holds `run.json` (one [dev.forklab.results.Run]: the plan, the host, the
/// calibration) and `trials.jsonl` (one [dev.forklab.results.Trial] a line, appended the moment it
/// ends, never edited). Times are nanoseconds and sizes bytes unless a name says otherwise. A A run
/// of faults has its own two files beside those or alone: `faults.json`
/// ([dev.forklab.results.FaultRun]) and `faults.jsonl` ([dev.forklab.results.FaultTrial]). A reader
/// accepts its own [dev.forklab.results.RunDirectory#SCHEMA] and older, and refuses newer ones in
/// words.
@NullMarked
package dev.forklab.results;

import org.jspecify.annotations.NullMarked;
