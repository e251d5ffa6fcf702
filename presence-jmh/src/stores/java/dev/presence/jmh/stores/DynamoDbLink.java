package dev.presence.jmh.stores;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients of DynamoDB: one for all threads that keeps {@value #POOL_SIZE} HTTP connections open, or
 * a new one per call.
 */
final class DynamoDbLink implements AutoCloseable {

  static final int POOL_SIZE = 10;

  private static final String ENDPOINT = "dynamodb\\.([a-z0-9-]+)\\.amazonaws\\..*";

  private final String store;
  private final URI address;
  private final AwsCredentialsProvider credentials;
  private final DynamoDbClient kept;

  DynamoDbLink(String store, String address, Connections connections) {
    this.store = store;
    try {
      this.address = URI.create(address);
      this.credentials = credentials(this.address.getUserInfo());
      this.kept = connections == Connections.KEPT ? client() : null;
    } catch (IllegalArgumentException | SdkException e) {
      throw new StoreUnavailableException(store, "address is not one of DynamoDB", e);
    }
  }

  <T> T call(Function<DynamoDbClient, T> call) {
    try {
      if (kept != null) {
        return call.apply(kept);
      }
      try (DynamoDbClient client = client()) {
        return call.apply(client);
      }
    } catch (SdkException e) {
      throw new StoreUnavailableException(store, "call failed", e);
    }
  }

  void run(Consumer<DynamoDbClient> call) {
    boolean unused =
        call(
            client -> {
              call.accept(client);
              return true;
            });
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
    }
  }

  private DynamoDbClient client() {
    String host = String.valueOf(address.getHost());
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(address.getScheme() + "://" + host + port))
        .region(Region.of(host.matches(ENDPOINT) ? host.replaceFirst(ENDPOINT, "$1") : "us-east-1"))
        .credentialsProvider(credentials)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .maxConnections(POOL_SIZE)
                .connectionTimeout(Duration.ofSeconds(3)))
        .overrideConfiguration(options -> options.apiCallTimeout(Duration.ofSeconds(20)))
        .build();
  }

  private static AwsCredentialsProvider credentials(String userInfo) {
    if (userInfo == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("credentials must be accessKey:secretKey");
    }
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(userInfo.substring(0, colon), userInfo.substring(colon + 1)));
  }
}
