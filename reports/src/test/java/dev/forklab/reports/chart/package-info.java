@NullMarked
package dev.forklab.reports.chart;

import org.jspecify.annotations.NullMarked;
