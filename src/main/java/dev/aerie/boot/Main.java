package dev.aerie.boot;

/// Starts Aerie. Does not extend `Application`, so that the program starts from the class path.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("Aerie " + args.length);
  }
}
