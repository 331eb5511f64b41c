package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes the log ratios of two models that are equally fast in truth, on a machine whose speed
/// wanders, jumps and slides, whose slices are disturbed now and then, and whose launches differ.
///
/// @param models how many models stand twice in each mirrored round
/// @param rounds of a trial
/// @param wander the standard deviation of the machine's log speed
/// @param memory how much of it one slice hands to the next
/// @param slide how much the machine becomes faster over a trial
/// @param jump the probability in each slice that a neighbor takes a third of the speed
/// @param noise the standard deviation of one slice
/// @param disturbed the share of slices that lose up to 40%
/// @param launch the standard deviation between launches
record NoisyMachine(
    int models,
    int rounds,
    double wander,
    double memory,
    double slide,
    double jump,
    double noise,
    double disturbed,
    double launch) {

  /// All trials of all cells; `noise` differs between cells by up to double.
  List<List<Rounds>> run(SplittableRandom random, int cells, int trials) {
    List<List<Rounds>> run = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      double own = noise * (1 + random.nextDouble());
      List<Rounds> of = new ArrayList<>();
      for (int trial = 0; trial < trials; trial++) {
        of.add(trial(random, own));
      }
      run.add(of);
    }
    return run;
  }

  private Rounds trial(SplittableRandom random, double own) {
    List<double[]> ones = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    double luck = launch * random.nextGaussian();
    double speed = wander * random.nextGaussian();
    double step = slide / (2.0 * models * rounds);
    double slid = 0;
    for (int round = 0; round < rounds; round++) {
      double[] one = new double[2];
      double[] other = new double[2];
      for (int place = 0; place < 2 * models; place++) {
        int model = place < models ? place : 2 * models - 1 - place;
        speed = memory * speed + Math.sqrt(1 - memory * memory) * wander * random.nextGaussian();
        speed -= random.nextDouble() < jump ? 0.4 : 0;
        slid += step;
        double slice = speed + slid + own * random.nextGaussian();
        slice -= random.nextDouble() < disturbed ? 0.5 * random.nextDouble() : 0;
        if (model == 1) {
          one[place / models] = luck + slice;
        } else if (model == 3) {
          other[place / models] = slice;
        }
      }
      ones.add(one);
      others.add(other);
    }
    return Rounds.differences(ones, others);
  }
}
