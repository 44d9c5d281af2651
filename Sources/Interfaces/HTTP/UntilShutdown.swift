import ServiceLifecycle

/// Lets `operation` run until it ends; it is cancelled with the calling task, and when the service is to stop.
///
/// `cancelWhenGracefulShutdown` of swift-service-lifecycle 2.13 does the same, but never ends when it is cancelled
/// before it has begun to wait: a server whose line cannot be had went on for ever, without a line.
package func untilShutdown<Value: Sendable, Failure: Error>(
    _ operation: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let task = Task { () -> Result<Value, Failure> in
        do throws(Failure) {
            return .success(try await operation())
        } catch {
            return .failure(error)
        }
    }
    let result = await withTaskCancellationHandler {
        await withGracefulShutdownHandler {
            await task.value
        } onGracefulShutdown: {
            task.cancel()
        }
    } onCancel: {
        task.cancel()
    }
    return try result.get()
}
