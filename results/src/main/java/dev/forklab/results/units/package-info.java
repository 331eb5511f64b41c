/// How numbers are written for people: one way for every chart, table and sentence of a report.
@NullMarked
package dev.forklab.results.units;

import org.jspecify.annotations.NullMarked;
