package dev.forklab.reports.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// As much of JSON Schema 2020-12 as `docs/decide.schema.json` uses; a keyword beyond that fails,
/// so that none is silently not checked.
record JsonSchema(JsonNode root) {

  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "required",
          "additionalProperties",
          "properties",
          "items",
          "enum",
          "const",
          "minimum");

  static JsonSchema of(String text) {
    return new JsonSchema(JsonMapper.shared().readTree(text));
  }

  /// Where and how a document differs from the schema.
  List<String> problems(String json) {
    List<String> problems = new ArrayList<>();
    check("$", JsonMapper.shared().readTree(json), root, problems);
    return problems;
  }

  private void check(String where, JsonNode value, JsonNode schema, List<String> problems) {
    Set<String> unknown = new TreeSet<>(schema.propertyNames());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("keywords that this check does not know: " + unknown);
    }
    if (schema.has("$ref")) {
      check(where, value, root.at(schema.get("$ref").asString().substring(1)), problems);
    }
    if (schema.has("type") && types(schema).stream().noneMatch(type -> is(type, value))) {
      problems.add(where + ": expected " + types(schema) + ", found " + value);
      return;
    }
    if (schema.has("const") && !schema.get("const").equals(value)) {
      problems.add(where + ": expected " + schema.get("const") + ", found " + value);
    }
    if (schema.has("enum") && !schema.get("enum").valueStream().toList().contains(value)) {
      problems.add(where + ": expected one of " + schema.get("enum") + ", found " + value);
    }
    if (schema.has("minimum")
        && value.isNumber()
        && value.asDouble() < schema.get("minimum").asDouble()) {
      problems.add(where + ": expected at least " + schema.get("minimum") + ", found " + value);
    }
    if (value.isObject()) {
      members(where, value, schema, problems);
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(where + "[" + i + "]", value.get(i), schema.get("items"), problems);
      }
    }
  }

  private void members(String where, JsonNode value, JsonNode schema, List<String> problems) {
    schema
        .path("required")
        .valueStream()
        .map(JsonNode::asString)
        .filter(name -> !value.has(name))
        .forEach(name -> problems.add(where + ": " + name + " is missing"));
    for (String name : value.propertyNames()) {
      JsonNode property = schema.path("properties").path(name);
      if (!property.isMissingNode()) {
        check(where + "." + name, value.get(name), property, problems);
      } else if (!schema.path("additionalProperties").asBoolean(true)) {
        problems.add(where + ": " + name + " is not in the schema");
      }
    }
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.get("type");
    return type.isArray()
        ? type.valueStream().map(JsonNode::asString).toList()
        : List.of(type.asString());
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      default -> throw new IllegalStateException("a type that this check does not know: " + type);
    };
  }
}
