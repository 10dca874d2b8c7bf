package dev.aerie.ui.admin;

import dev.aerie.engine.AccountRequest;
import dev.aerie.engine.AliasRequest;
import dev.aerie.engine.Capability;
import dev.aerie.engine.DatabaseRequest;
import dev.aerie.engine.Done;
import dev.aerie.engine.Engine;
import dev.aerie.engine.Progress;
import dev.aerie.engine.Request;
import dev.aerie.engine.Secret;
import dev.aerie.ui.fx.Connection;
import dev.aerie.ui.fx.Desk;
import dev.aerie.ui.fx.Dialogs;
import dev.aerie.ui.fx.Failure;
import dev.aerie.ui.fx.Job;
import dev.aerie.ui.fx.Messages;
import dev.aerie.ui.fx.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Databases, aliases, users and roles of one connection, one section at a time. Belongs to the FX
/// thread.
public final class AdminViewModel {
  private final Desk desk;
  private final Messages messages = Messages.of("admin");
  private final Connection connection;
  private final Engine engine;
  private final String database;
  private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.DATABASES);
  private final ObservableList<Item> items = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<Failure>> failure =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<String>> whyNot =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
  private final StringProperty name = new SimpleStringProperty("");
  private final StringProperty second = new SimpleStringProperty("");
  private @Nullable Job<?> reading;

  /// @throws IllegalArgumentException if `at` names no open connection
  public AdminViewModel(Desk desk, Selection at) {
    this.desk = desk;
    this.connection =
        at.connection()
            .orElseThrow(() -> new IllegalArgumentException("no connection is selected"));
    this.engine =
        connection
            .engine()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "\"%s\" is not connected".formatted(connection.name())));
    this.database = at.database().orElse(DatabaseRequest.DEFAULT);
    section.subscribe(this::refresh);
  }

  public Messages messages() {
    return messages;
  }

  public String connectionName() {
    return connection.name();
  }

  public String database() {
    return database;
  }

  public ObjectProperty<Section> sectionProperty() {
    return section;
  }

  public ObservableList<Item> items() {
    return items;
  }

  public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// Why this engine has no such section.
  public ReadOnlyObjectProperty<Optional<String>> whyNotProperty() {
    return whyNot.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty loadingProperty() {
    return loading.getReadOnlyProperty();
  }

  /// The name of what is to be made.
  public StringProperty nameProperty() {
    return name;
  }

  /// What else it needs.
  public StringProperty secondProperty() {
    return second;
  }

  /// Whether this connection may not write now.
  public boolean isLocked() {
    return connection.profile().readOnly();
  }

  /// Reads the section again.
  public void refresh() {
    close();
    items.clear();
    failure.set(Optional.empty());
    var wanted = section.get();
    whyNot.set(engine.capabilities().whyNot(needs(wanted)));
    if (whyNot.get().isPresent()) {
      return;
    }
    loading.set(true);
    reading =
        desk.jobs()
            .start(progress -> read(wanted, progress))
            .whenDone(
                all -> {
                  loading.set(false);
                  items.setAll(all);
                })
            .whenFailed(
                cause -> {
                  loading.set(false);
                  failure.set(Optional.of(Failure.of(cause)));
                });
  }

  /// Makes what the form describes.
  public void create() {
    var wanted = section.get();
    var newName = name.get().strip();
    var more = second.get();
    send(
        () ->
            switch (wanted) {
              case DATABASES -> new DatabaseRequest.Create(newName, Map.of());
              case ALIASES -> new AliasRequest.Create(database, newName, more.strip());
              case USERS -> new AccountRequest.CreateUser(newName, new Secret(more));
              case ROLES -> new AccountRequest.CreateRole(newName);
            },
        messages.get(wanted.key() + ".created", newName));
  }

  /// Asks, with the name to be typed, and drops.
  public void drop(Item item) {
    var wanted = section.get();
    desk.dialogs()
        .confirm(
            new Dialogs.Question(
                messages.get(wanted.key() + ".drop", item.name()),
                messages.get(wanted.key() + ".drop.text", item.name(), connection.name()),
                messages.get(wanted.key() + ".drop.verb"),
                Optional.of(item.name()),
                true),
            () ->
                send(
                    () -> dropping(wanted, item.name()),
                    messages.get(wanted.key() + ".dropped", item.name())));
  }

  public void close() {
    if (reading != null) {
      reading.cancel();
    }
  }

  private static Capability needs(Section section) {
    return switch (section) {
      case DATABASES -> Capability.DATABASES;
      case ALIASES -> Capability.ALIASES;
      case USERS -> Capability.USERS;
      case ROLES -> Capability.ROLES;
    };
  }

  private Request<Done> dropping(Section section, String item) {
    return switch (section) {
      case DATABASES -> new DatabaseRequest.Drop(item);
      case ALIASES -> new AliasRequest.Drop(database, item);
      case USERS -> new AccountRequest.DropUser(item);
      case ROLES -> new AccountRequest.DropRole(item, false);
    };
  }

  private List<Item> read(Section section, Progress progress) {
    return switch (section) {
      case DATABASES ->
          engine.call(new DatabaseRequest.ListAll(), progress).stream()
              .map(found -> new Item(found.name(), ""))
              .toList();
      case ALIASES ->
          engine.call(new AliasRequest.ListAll(database, Optional.empty()), progress).stream()
              .map(found -> new Item(found.alias(), found.collection()))
              .toList();
      case USERS ->
          engine.call(new AccountRequest.ListUsers(), progress).stream()
              .map(found -> new Item(found.name(), String.join(", ", found.roles())))
              .toList();
      case ROLES ->
          engine.call(new AccountRequest.ListRoles(), progress).stream()
              .map(found -> new Item(found.name(), String.join(", ", found.users())))
              .toList();
    };
  }

  /// Sends a request; a mistake in it is told like a refusal.
  private void send(Supplier<Request<Done>> request, String done) {
    Request<Done> made;
    try {
      made = request.get();
    } catch (IllegalArgumentException e) {
      failure.set(Optional.of(Failure.of(e)));
      return;
    }
    failure.set(Optional.empty());
    desk.jobs()
        .start(progress -> engine.call(made, progress))
        .whenDone(
            answer -> {
              desk.navigator().toast(done);
              name.set("");
              second.set("");
              desk.workspace().changed();
              refresh();
            })
        .whenFailed(cause -> failure.set(Optional.of(Failure.of(cause))));
  }
}
