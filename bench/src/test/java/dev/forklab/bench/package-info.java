/// What holds for the whole project: its architecture and its launcher.
@NullMarked
package dev.forklab.bench;

import org.jspecify.annotations.NullMarked;
