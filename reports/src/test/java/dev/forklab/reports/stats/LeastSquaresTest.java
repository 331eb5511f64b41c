package dev.forklab.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.stats.LeastSquares.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

  private static Point point(double y, double work) {
    return Point.of(new StudentEstimate(Math.log(y), 0.01, 10, 3), work, 1);
  }

  @Test
  void theExampleOfItsDocumentation() {
    LeastSquares fit = LeastSquares.fit(List.of(point(110, 100), point(1010, 1000))).orElseThrow();
    assertThat(fit.parameter(0).value()).isCloseTo(1, within(1e-9));
    assertThat(fit.parameter(1).value()).isCloseTo(10, within(1e-6));
    double standardError = Math.hypot(1.1 * 1000 / 900, 10.1 * 100 / 900);
    assertThat(fit.parameter(1).standardError()).isCloseTo(standardError, within(1e-6));
    assertThat(standardError).isCloseTo(1.7, within(0.05));
  }

  @Test
  void errorsGrowWhereThePointsScatterByMoreThanTheyExplain() {
    List<Point> straight = List.of(point(110, 100), point(510, 500), point(1010, 1000));
    List<Point> bent = List.of(point(110, 100), point(700, 500), point(1010, 1000));
    double exact = LeastSquares.fit(straight).orElseThrow().parameter(0).standardError();
    double grown = LeastSquares.fit(bent).orElseThrow().parameter(0).standardError();
    assertThat(grown).isGreaterThan(2 * exact);
  }

  @Test
  void aCostBelowZeroIsSetToZeroAndCalledNegativeOnlyIfThatIsCertain() {
    LeastSquares little = LeastSquares.fit(List.of(point(99, 100), point(1000, 1000))).orElseThrow();
    assertThat(little.parameter(1).value()).isZero();
    assertThat(little.negative(1)).isFalse();
    LeastSquares much = LeastSquares.fit(List.of(point(60, 100), point(1000, 1000))).orElseThrow();
    assertThat(much.parameter(1).value()).isZero();
    assertThat(much.negative(1)).isTrue();
  }

  @Test
  void pointsThatDoNotTellTheCostsApartDetermineNone() {
    assertThat(LeastSquares.fit(List.of(point(110, 100)))).isEmpty();
    assertThat(LeastSquares.fit(List.of(point(110, 100), point(111, 100)))).isEmpty();
    assertThat(LeastSquares.fit(List.of())).isEmpty();
  }
}
