package dev.aerie.ui.fx;

import dev.aerie.engine.Engine;
import dev.aerie.service.settings.Profile;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A connection in the window: its profile, and its engine while it is open. Compared by identity.
/// Belongs to the FX thread.
public final class Connection {
  private final ReadOnlyObjectWrapper<Profile> profile;
  private final ReadOnlyObjectWrapper<State> state;

  Connection(Profile profile, State state) {
    this.profile = new ReadOnlyObjectWrapper<>(profile);
    this.state = new ReadOnlyObjectWrapper<>(state);
  }

  /// How far a connection is.
  public sealed interface State {
    record Closed() implements State {}

    record Opening() implements State {}

    /// @param millis the round trip of the first answer
    record Open(Engine engine, double millis) implements State {}

    record Failed(Failure failure) implements State {}
  }

  public Profile profile() {
    return profile.get();
  }

  public ReadOnlyObjectProperty<Profile> profileProperty() {
    return profile.getReadOnlyProperty();
  }

  public State state() {
    return state.get();
  }

  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  public String name() {
    return profile.get().name();
  }

  /// The engine, while the connection is open.
  public Optional<Engine> engine() {
    return state.get() instanceof State.Open open ? Optional.of(open.engine) : Optional.empty();
  }

  void setProfile(Profile changed) {
    profile.set(changed);
  }

  void setState(State now) {
    state.set(now);
  }
}
