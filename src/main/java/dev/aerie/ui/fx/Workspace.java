package dev.aerie.ui.fx;

import dev.aerie.engine.Connector;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Engine;
import dev.aerie.engine.EngineException;
import dev.aerie.engine.ErrorCode;
import dev.aerie.service.settings.Profile;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The connections of the window and what is selected in them. Belongs to the FX thread.
public final class Workspace {
  private final List<Connector> connectors;
  private final Jobs jobs;
  private final ObservableList<Connection> connections = FXCollections.observableArrayList();
  private final ObjectProperty<Selection> selection = new SimpleObjectProperty<>(Selection.NOTHING);
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();

  public Workspace(List<Connector> connectors, Jobs jobs) {
    this.connectors = List.copyOf(connectors);
    this.jobs = jobs;
  }

  /// All connections, the local engine first.
  public ObservableList<Connection> connections() {
    return connections;
  }

  public ObjectProperty<Selection> selectionProperty() {
    return selection;
  }

  public Selection selection() {
    return selection.get();
  }

  public void select(Selection wanted) {
    selection.set(wanted);
  }

  /// Rises when collections were made, dropped or filled, so that tree and counts read again.
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /// Says that collections were made, dropped or filled.
  public void changed() {
    revision.set(revision.get() + 1);
  }

  /// Adds a connection that is not open.
  public Connection add(Profile profile) {
    var connection = new Connection(profile, new Connection.State.Closed());
    connections.add(connection);
    return connection;
  }

  /// Adds a connection whose engine is open already; the workspace closes it in the end.
  public Connection add(Profile profile, Engine engine) {
    var connection = new Connection(profile, new Connection.State.Open(engine, Double.NaN));
    connections.add(connection);
    return connection;
  }

  /// Replaces what is remembered of a connection.
  public void change(Connection connection, Profile profile) {
    connection.setProfile(profile);
  }

  /// Whether some connector opens places like this one.
  public boolean opens(Profile profile) {
    return connectors.stream().anyMatch(connector -> connector.opens(profile.place()));
  }

  /// Opens a connection; its state tells how it goes.
  public Job<Engine> open(Connection connection) {
    connection.setState(new Connection.State.Opening());
    var place = connection.profile().place();
    return jobs.start(
            progress -> {
              for (var connector : connectors) {
                if (connector.opens(place)) {
                  return connector.open(place, progress);
                }
              }
              throw new EngineException(
                  ErrorCode.UNSUPPORTED, "nothing here opens " + connection.profile().address());
            })
        .whenDone(engine -> opened(connection, engine))
        .whenFailed(cause -> connection.setState(new Connection.State.Failed(Failure.of(cause))));
  }

  /// Closes a connection and keeps its profile.
  public void close(Connection connection) {
    var engine = connection.engine();
    connection.setState(new Connection.State.Closed());
    if (selection.get().connection().filter(connection::equals).isPresent()) {
      selection.set(Selection.of(connection));
    }
    engine.ifPresent(
        open ->
            jobs.start(
                progress -> {
                  open.close();
                  return true;
                }));
  }

  /// Closes a connection and forgets it.
  public void remove(Connection connection) {
    close(connection);
    connections.remove(connection);
    if (selection.get().connection().filter(connection::equals).isPresent()) {
      selection.set(Selection.NOTHING);
    }
  }

  /// Measures the round trip of an open connection again.
  public Job<Double> ping(Connection connection, Engine engine) {
    return jobs.start(
            progress -> {
              long start = System.nanoTime();
              engine.call(new DatabaseRequest.ListAll(), progress);
              return (System.nanoTime() - start) / 1e6;
            })
        .whenDone(
            millis -> {
              if (connection.engine().filter(engine::equals).isPresent()) {
                connection.setState(new Connection.State.Open(engine, millis));
              }
            })
        .whenFailed(cause -> connection.setState(new Connection.State.Failed(Failure.of(cause))));
  }

  private void opened(Connection connection, Engine engine) {
    connection.setState(new Connection.State.Open(engine, Double.NaN));
    connection.setProfile(connection.profile().usedAt(Instant.now()));
    ping(connection, engine);
  }
}
