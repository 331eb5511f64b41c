package dev.forklab.reports.decision;

/// What comes of a question: a decision, or the refusal to decide.
public sealed interface Conclusion permits Decision, Refusal {}
