package dev.aerie.ivf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.aerie.kernel.ScalarKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 19, 100, 384})
  void keepsInnerProductsAndIsTheSameEveryTime(int dim) {
    var random = new SplittableRandom(dim);
    var a = new float[dim];
    var b = new float[dim];
    for (int j = 0; j < dim; j++) {
      a[j] = (float) random.nextGaussian();
      b[j] = (float) random.nextGaussian();
    }
    var rotatedA = a.clone();
    var rotatedB = b.clone();
    new Rotation(dim, 9).apply(rotatedA);
    new Rotation(dim, 9).apply(rotatedB);
    var kernels = new ScalarKernels();
    assertEquals(kernels.dot(a, b), kernels.dot(rotatedA, rotatedB), 1e-3f);
    assertEquals(kernels.dot(a, a), kernels.dot(rotatedA, rotatedA), 1e-2f);
    var again = a.clone();
    new Rotation(dim, 9).apply(again);
    assertArrayEquals(rotatedA, again);
  }
}
