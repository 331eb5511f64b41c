@NullMarked
package dev.forklab.reports.decision;

import org.jspecify.annotations.NullMarked;
