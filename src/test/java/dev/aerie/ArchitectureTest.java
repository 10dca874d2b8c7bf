package dev.aerie;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the package table of the README: what may use what, and where each library lives. A rule
/// has
/// no exemptions: change the table in review, or move the class.
final class ArchitectureTest {
  private static final String ROOT = "dev.aerie.";

  /// For each package of ours the packages it may use; itself is understood.
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("engine", Set.of()),
          Map.entry("kernel", Set.of()),
          Map.entry("layout", Set.of("kernel", "engine")),
          Map.entry("expr", Set.of("engine")),
          Map.entry("ivf", Set.of("engine", "kernel")),
          Map.entry("local", Set.of("engine", "expr", "ivf", "kernel")),
          Map.entry("wire", Set.of("engine")),
          Map.entry("remote", Set.of("engine", "wire")),
          Map.entry("node", Set.of("engine", "wire")),
          Map.entry("dataset", Set.of("engine")),
          Map.entry("embed", Set.of("engine")),
          Map.entry(
              "service", Set.of("engine", "expr", "dataset", "embed", "ivf", "kernel", "layout")),
          Map.entry("ui", Set.of("service", "engine", "expr")),
          Map.entry("tour", Set.of("ui", "service", "engine")),
          Map.entry(
              "boot",
              Set.of(
                  "engine", "kernel", "layout", "expr", "ivf", "local", "wire", "remote", "node",
                  "dataset", "embed", "service", "ui", "tour")));

  /// For each library the packages of ours that may use it; the longest prefix counts.
  private static final Map<String, Set<String>> LIVES_IN =
      Map.ofEntries(
          Map.entry("org.apache.lucene.", Set.of("local")),
          Map.entry("org.antlr.", Set.of("expr")),
          Map.entry("jdk.incubator.vector.", Set.of("kernel")),
          Map.entry("io.grpc.", Set.of("wire", "remote", "node")),
          Map.entry("com.google.protobuf.", Set.of("wire", "remote", "node")),
          Map.entry("javafx.", Set.of("ui", "tour", "boot")),
          Map.entry("org.controlsfx.", Set.of("ui")),
          Map.entry("atlantafx.", Set.of("ui")),
          Map.entry("org.kordamp.", Set.of("ui")),
          Map.entry("org.fxmisc.", Set.of("ui")),
          Map.entry("org.duckdb.", Set.of("dataset")),
          Map.entry("io.jhdf.", Set.of("dataset")),
          Map.entry("net.sf.extjwnl.", Set.of("dataset")),
          Map.entry("dev.langchain4j.", Set.of("embed")),
          Map.entry("ai.onnxruntime.", Set.of("embed")),
          Map.entry("picocli.", Set.of("boot")),
          Map.entry("com.github.javakeyring.", Set.of("service")),
          Map.entry("at.favre.lib.", Set.of("local", "node")));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.aerie");
  }

  @Test
  void packagesUseOnlyWhatTheTableAllows() {
    var wrong = new TreeSet<String>();
    for (var origin : classes) {
      if (isGenerated(origin)) {
        continue;
      }
      for (var dependency : origin.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass();
        if (!target.getPackageName().startsWith(ROOT)) {
          continue;
        }
        var from = room(origin);
        var to = room(target);
        if (!from.equals(to) && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
          wrong.add(origin.getName() + " uses " + target.getName());
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void librariesStayWhereTheyLive() {
    var wrong = new TreeSet<String>();
    for (var origin : classes) {
      if (isGenerated(origin)) {
        continue;
      }
      for (var dependency : origin.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass().getName();
        LIVES_IN.forEach(
            (library, rooms) -> {
              if (target.startsWith(library) && !rooms.contains(room(origin))) {
                wrong.add(origin.getName() + " uses " + target);
              }
            });
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void everyPackageStandsInTheTable() {
    var unknown = new TreeSet<String>();
    for (var origin : classes) {
      if (!MAY_USE.containsKey(room(origin))) {
        unknown.add(origin.getPackageName());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void logAndCatalogKnowNoLucene() {
    var wrong = new TreeSet<String>();
    for (var origin : classes) {
      if (startsWithAny(
          origin.getPackageName(), List.of("dev.aerie.local.log", "dev.aerie.local.catalog"))) {
        for (var dependency : origin.getDirectDependenciesFromSelf()) {
          if (dependency.getTargetClass().getName().startsWith("org.apache.lucene.")) {
            wrong.add(origin.getName() + " uses " + dependency.getTargetClass().getName());
          }
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void viewModelsSeeNoNodesAndControllersNoServices() {
    var wrong = new TreeSet<String>();
    for (var origin : classes) {
      var name = origin.getSimpleName();
      for (var dependency : origin.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass();
        boolean node =
            target.getPackageName().startsWith("javafx.scene")
                || target.getPackageName().startsWith("javafx.stage");
        if (name.endsWith("ViewModel") && node) {
          wrong.add(origin.getName() + " sees " + target.getName());
        }
        boolean works =
            target.getPackageName().startsWith("dev.aerie.service")
                && !target.isRecord()
                && !target.isEnum()
                && !target.isInterface();
        // What a service answers, its records, may be shown; what does the work may not be seen.
        if (name.endsWith("Controller") && works) {
          wrong.add(origin.getName() + " sees " + target.getName());
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void screensAndServicesFormNoCycles() {
    for (var pattern :
        List.of("dev.aerie.ui.(*)..", "dev.aerie.service.(*)..", "dev.aerie.local.(*)..")) {
      SlicesRuleDefinition.slices()
          .matching(pattern)
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }

  /// The first package below the root: the room a class stands in.
  private static String room(JavaClass type) {
    var name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return name;
    }
    var rest = name.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static boolean isGenerated(JavaClass type) {
    return type.getPackageName().startsWith("dev.aerie.wire.proto");
  }
}
