package dev.aerie.ui.load;

/// The steps of the wizard, in order.
public enum Step {
  FILE,
  MAP,
  OPTIONS,
  DRY_RUN,
  LOAD,
  REPORT;

  /// The key of its words: `step.map`.
  String key() {
    return switch (this) {
      case FILE -> "step.file";
      case MAP -> "step.map";
      case OPTIONS -> "step.options";
      case DRY_RUN -> "step.dryRun";
      case LOAD -> "step.load";
      case REPORT -> "step.report";
    };
  }
}
