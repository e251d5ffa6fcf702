package dev.presence.jmh.stores;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * An item per user, with the stamp and the second from which DynamoDB may remove the item. It does
 * so within days, so each read checks the stamp. Reads are eventually consistent, which costs half.
 *
 * <p>A single heartbeat is conditional on the stored stamp not being later. A batch cannot have a
 * condition, so that a late stamp replaces a newer one there.
 */
final class DynamoDbStore implements PresenceStore {

  /** The limit of BatchGetItem, which also refuses duplicates. */
  private static final int READ_ITEMS = 100;

  /** The limit of BatchWriteItem, which also refuses duplicates. */
  private static final int WRITE_ITEMS = 25;

  private static final String CONDITION =
      "attribute_not_exists(last_heartbeat) OR last_heartbeat < :stamp";

  private final DynamoDbLink link;
  private final StoreSettings settings;
  private final DynamoDbTable table;

  DynamoDbStore(String name, DynamoDbLink link, StoreSettings settings) {
    this.link = link;
    this.settings = settings;
    this.table = new DynamoDbTable(PREFIX + name, link);
    table.create();
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table.name())
            .item(item(userId, epochSecond))
            .conditionExpression(CONDITION)
            .expressionAttributeValues(Map.of(":stamp", number(epochSecond)))
            .build();
    link.run(
        client -> {
          try {
            client.putItem(put);
          } catch (ConditionalCheckFailedException ignored) { // the heartbeat is late
          }
        });
  }

  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    UserIds.forEachPart(userIds, WRITE_ITEMS, part -> write(part, epochSecond));
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    GetItemRequest get =
        GetItemRequest.builder().tableName(table.name()).key(DynamoDbTable.key(userId)).build();
    Map<String, AttributeValue> item = link.call(client -> client.getItem(get).item());
    return !item.isEmpty() && settings.isOnline(stamp(item), nowSecond);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    Map<Long, Long> stamps = new HashMap<>();
    UserIds.forEachPart(userIds, READ_ITEMS, part -> read(part, stamps));
    return UserIds.answers(userIds, stamps, settings, nowSecond);
  }

  @Override
  public void disconnect(long userId) {
    link.run(
        client ->
            client.deleteItem(
                delete -> delete.tableName(table.name()).key(DynamoDbTable.key(userId))));
  }

  @Override
  public long storedUsers() {
    return table.count();
  }

  /** The service counts only every few hours, and its bill adds 100 bytes per item. */
  @Override
  public long bytesUsed() {
    return table.bytes();
  }

  @Override
  public void drop() {
    table.drop();
  }

  @Override
  public void close() {
    link.close();
  }

  private void write(long[] userIds, long epochSecond) {
    Map<String, List<WriteRequest>> pending =
        Map.of(
            table.name(),
            LongStream.of(userIds)
                .mapToObj(id -> PutRequest.builder().item(item(id, epochSecond)).build())
                .map(put -> WriteRequest.builder().putRequest(put).build())
                .toList());
    Backoff backoff = new Backoff("DYNAMODB");
    while (!pending.isEmpty()) {
      backoff.beforeTry();
      Map<String, List<WriteRequest>> items = pending;
      pending =
          link.call(
              client ->
                  client.batchWriteItem(batch -> batch.requestItems(items)).unprocessedItems());
    }
  }

  private void read(long[] userIds, Map<Long, Long> stamps) {
    Map<String, KeysAndAttributes> pending =
        Map.of(
            table.name(),
            KeysAndAttributes.builder()
                .keys(LongStream.of(userIds).mapToObj(DynamoDbTable::key).toList())
                .build());
    Backoff backoff = new Backoff("DYNAMODB");
    while (!pending.isEmpty()) {
      backoff.beforeTry();
      Map<String, KeysAndAttributes> keys = pending;
      var response = link.call(client -> client.batchGetItem(batch -> batch.requestItems(keys)));
      response
          .responses()
          .getOrDefault(table.name(), List.of())
          .forEach(
              item -> stamps.put(Long.valueOf(item.get(DynamoDbTable.USER_ID).n()), stamp(item)));
      pending = response.unprocessedKeys();
    }
  }

  private Map<String, AttributeValue> item(long userId, long epochSecond) {
    return Map.of(
        DynamoDbTable.USER_ID,
        number(userId),
        "last_heartbeat",
        number(epochSecond),
        DynamoDbTable.EXPIRY,
        number(epochSecond + settings.expirySeconds()));
  }

  private static long stamp(Map<String, AttributeValue> item) {
    return Long.parseLong(item.get("last_heartbeat").n());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
