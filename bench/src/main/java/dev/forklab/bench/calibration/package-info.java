/// How much work makes a task time on this machine: found once, kept, and checked by every trial.
///
/// [dev.forklab.bench.calibration.Calibrator] searches; a [dev.forklab.bench.calibration.Launch] is
/// a process in which it measures, a JVM's ([dev.forklab.bench.calibration.JvmLaunch]) or another
/// runtime's; [dev.forklab.bench.calibration.KeptCalibrations] remembers what was found.
@NullMarked
package dev.forklab.bench.calibration;

import org.jspecify.annotations.NullMarked;
