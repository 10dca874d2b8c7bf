package dev.aerie.local.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorIndexTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLAT;v=1",
        "HNSW;m=16;efConstruction=200;v=1",
        "HNSW_SQ;m=16;efConstruction=200;v=1",
        "IVF_FLAT;nlist=0;v=1",
        "IVF_SQ8;nlist=1024;v=1",
        "IVF_PQ;nlist=1024;m=8;v=1",
        "IVF_RABITQ;nlist=65536;v=1"
      })
  void readsWhatItWrites(String text) {
    assertEquals(text, VectorIndex.parse(text).orElseThrow().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FLAT",
        "FLAT;v=2",
        "TREE;v=1",
        "HNSW;m=1;efConstruction=200;v=1",
        "IVF_FLAT;nlist=x;v=1",
        "IVF_FLAT;nlist;v=1"
      })
  void takesNothingElseForAnIndex(String text) {
    assertEquals(Optional.empty(), VectorIndex.parse(text));
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new VectorIndex.Hnsw(1, 100));
    assertThrows(IllegalArgumentException.class, () -> new VectorIndex.Hnsw(16, 0));
    assertThrows(IllegalArgumentException.class, () -> new VectorIndex.IvfFlat(65_537));
    assertThrows(IllegalArgumentException.class, () -> new VectorIndex.IvfPq(10, -1));
  }
}
