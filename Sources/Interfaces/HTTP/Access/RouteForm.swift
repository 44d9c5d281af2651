/// What a route takes and gives, for the document that describes it.
struct RouteForm: Sendable {
    var summary = ""
    var query: [Query] = []
    var body = Body.none
    /// What comes back when all goes well; `nil`: nothing.
    var answer: (any (Decodable & Sendable).Type)?
    var status = 200
    /// Further or other forms of the answer.
    var media: [String] = []

    struct Query: Sendable {
        var name: String
        var schema: JSONSchema
        var isRequired = false

        static func word(_ name: String, isRequired: Bool = false) -> Query {
            Query(name: name, schema: .text, isRequired: isRequired)
        }

        static func number(_ name: String, _ range: ClosedRange<Int>? = nil) -> Query {
            Query(name: name, schema: .integer(least: range?.lowerBound ?? 1, most: range?.upperBound))
        }

        static func choice(_ name: String, _ words: String...) -> Query {
            Query(name: name, schema: .word(words))
        }

        /// Of a list that is given whole without it.
        static let page = [number("limit", 1...1000), word("cursor")]
    }

    enum Body: Sendable {
        case none
        case json(any (Decodable & Sendable).Type)
        /// Bytes as they are.
        case file
    }
}

extension RouteRule {
    /// What it is for, and what comes back.
    func says(
        _ summary: String,
        _ answer: (any (Decodable & Sendable).Type)? = nil,
        status: Int? = nil
    ) -> RouteRule {
        var rule = self
        rule.form.summary = summary
        rule.form.answer = answer
        rule.form.status = status ?? (answer == nil ? 204 : 200)
        return rule
    }

    /// The JSON it takes.
    func takes(_ body: any (Decodable & Sendable).Type) -> RouteRule {
        var rule = self
        rule.form.body = .json(body)
        return rule
    }

    var takesFile: RouteRule {
        var rule = self
        rule.form.body = .file
        return rule
    }

    func asks(_ query: RouteForm.Query...) -> RouteRule {
        var rule = self
        rule.form.query += query
        return rule
    }

    /// A list that is given whole, or page by page.
    var inPages: RouteRule {
        var rule = self
        rule.form.query += RouteForm.Query.page
        return rule
    }

    /// Comes in this form too, or in this form alone where there is no other.
    func alsoAs(_ media: String...) -> RouteRule {
        var rule = self
        rule.form.media += media
        if rule.form.status == 204 { rule.form.status = 200 }
        return rule
    }
}
