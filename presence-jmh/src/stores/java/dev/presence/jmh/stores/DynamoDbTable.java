package dev.presence.jmh.stores;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The table of {@link DynamoDbStore}: paid per request, with a time to live. */
record DynamoDbTable(String name, DynamoDbLink link) {

  /** The attribute with the second from which DynamoDB may remove an item. */
  static final String EXPIRY = "expires_at";

  static final String USER_ID = "user_id";

  static Map<String, AttributeValue> key(long userId) {
    return Map.of(USER_ID, AttributeValue.fromN(Long.toString(userId)));
  }

  /** Creates the table unless it exists. */
  void create() {
    link.run(
        client -> {
          try {
            client.createTable(
                table ->
                    table
                        .tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(
                            KeySchemaElement.builder()
                                .attributeName(USER_ID)
                                .keyType(KeyType.HASH)
                                .build())
                        .attributeDefinitions(
                            AttributeDefinition.builder()
                                .attributeName(USER_ID)
                                .attributeType(ScalarAttributeType.N)
                                .build()));
            client.waiter().waitUntilTableExists(table -> table.tableName(name));
            client.updateTimeToLive(
                table ->
                    table
                        .tableName(name)
                        .timeToLiveSpecification(ttl -> ttl.attributeName(EXPIRY).enabled(true)));
          } catch (ResourceInUseException ignored) { // it exists
          }
        });
  }

  void drop() {
    link.run(
        client -> {
          try {
            client.deleteTable(table -> table.tableName(name));
            client.waiter().waitUntilTableNotExists(table -> table.tableName(name));
          } catch (ResourceNotFoundException ignored) { // it does not exist
          }
        });
  }

  long count() {
    return link.call(
        client ->
            client.scanPaginator(scan -> scan.tableName(name).select(Select.COUNT)).stream()
                .mapToLong(page -> page.count())
                .sum());
  }

  long bytes() {
    return link.call(
        client -> client.describeTable(table -> table.tableName(name)).table().tableSizeBytes());
  }
}
