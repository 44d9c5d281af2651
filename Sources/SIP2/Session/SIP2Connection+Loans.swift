/// What a request for a loan came to.
package enum CheckoutOutcome: Hashable, Sendable {
    case made(CheckoutResponse)
    /// Not made, in the system's own words.
    case refused(CheckoutResponse)
    /// The answer was lost and could not be found out: the item stays armed and somebody looks it up.
    case uncertain(SIP2Error)
}

/// What a return came to.
package enum CheckinOutcome: Hashable, Sendable {
    case made(CheckinResponse)
    case refused(CheckinResponse)
    /// The answer was lost and the item is not on loan any more.
    case madeBefore
    case uncertain(SIP2Error)
}

extension SIP2Connection {
    /// Asks for a loan and, when the answer is lost, finds out what became of it without ever making two.
    ///
    /// After a loss the item is looked up. Not on loan: the request never arrived and is sent once more. On loan: the
    /// request is sent once more as one that may be a renewal, since systems renew only for the patron who has the
    /// item: yes proves that the loan is this patron's, no leaves it open.
    package mutating func checkOut(_ request: CheckoutRequest) async throws(SIP2Error) -> CheckoutOutcome {
        let lost: SIP2Error
        do throws(SIP2Error) {
            let answer = try await perform(request)
            if answer.content.ok { return .made(answer.content) }
            guard answer.timesSent > 1 else { return .refused(answer.content) }
            // It may be refused because its own first copy succeeded.
            lost = .noAnswer(.checkout, times: answer.timesSent - 1)
        } catch {
            guard error.mayHaveHappened else { throw error }
            lost = error
        }
        do throws(SIP2Error) {
            var second = request
            if try await isCharged(request.item, like: request) { second.allowsRenewal = true }
            let answer = try await perform(second)
            if answer.content.ok { return .made(answer.content) }
            // A refusal counts only when the item is on nobody's loan.
            return try await isCharged(request.item, like: request) ? .uncertain(lost) : .refused(answer.content)
        } catch {
            return .uncertain(lost)
        }
    }

    /// Returns an item; a lost answer is asked for again, since an item that is not on loan cannot be returned twice.
    package mutating func checkIn(_ request: CheckinRequest) async throws(SIP2Error) -> CheckinOutcome {
        let lost: SIP2Error
        do throws(SIP2Error) {
            let answer = try await perform(request)
            if answer.content.ok { return .made(answer.content) }
            guard answer.timesSent > 1 else { return .refused(answer.content) }
            lost = .noAnswer(.checkin, times: answer.timesSent - 1)
        } catch {
            guard error.mayHaveHappened else { throw error }
            lost = error
        }
        do throws(SIP2Error) {
            guard try await isCharged(request.item, like: request) else { return .madeBefore }
            let answer = try await perform(request)
            return answer.content.ok ? .made(answer.content) : .uncertain(lost)
        } catch {
            return .uncertain(lost)
        }
    }

    private mutating func isCharged(
        _ item: String,
        like request: some ItemTransaction
    ) async throws(SIP2Error) -> Bool {
        let inquiry = ItemInformationRequest(
            date: request.date,
            institution: request.institution,
            item: item,
            terminalPassword: request.terminalPassword
        )
        switch try await perform(inquiry).content.status {
        case .charged, .chargedNotRecallable, .recalled: return true
        case .other, .onOrder, .available, .inProcess, .onHoldShelf, .toBeReshelved, .inTransit, .claimedReturned,
            .lost, .missing:
            return false
        }
    }
}

/// What a loan and a return have in common with a question about their item.
private protocol ItemTransaction {
    var date: SIP2Date { get }
    var institution: String { get }
    var terminalPassword: Confidential { get }
}

extension CheckoutRequest: ItemTransaction {}
extension CheckinRequest: ItemTransaction {}
