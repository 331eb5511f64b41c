package dev.forklab.reports.decision;

/// Why a run does not answer a question.
///
/// @param sentence what was expected, what was found, what to do, without a final stop
public record Refusal(String sentence) implements Conclusion {}
