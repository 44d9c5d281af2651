/// Files what follows the class number in LCC, NLM and Dewey: cutters, dates, volumes, copies and loose words.
///
/// Order in one place: the end, numbers (dates, editions), words (volumes and the like by their word, then by
/// number), cutters. It is that of published shelf lists (`R 241 extra` before `R 241 .A2`, `B9 2000` before `B9 L3`).
struct CallNumberTail {
    var cursor: CallNumberCursor
    let rules: ShelfOrderRules
    /// In Dewey the letters right behind the class number are the author's mark and filed as a cutter, unless they
    /// announce a volume or copy.
    var expectsAuthorMark: Bool
    /// With class letters in capitals, `v2` in small letters is a volume and `V2` a cutter.
    let smallLettersMatter: Bool
    private var announced: Designator?
    /// Whether nothing but the class number has been filed yet.
    private var isAtBeginning = true

    init(_ cursor: CallNumberCursor, rules: ShelfOrderRules, expectsAuthorMark: Bool, smallLettersMatter: Bool) {
        self.cursor = cursor
        self.rules = rules
        self.expectsAuthorMark = expectsAuthorMark
        self.smallLettersMatter = smallLettersMatter
    }

    mutating func file(into key: inout ShelfKeyWriter) {
        while cursor.skipToToken() {
            if CallNumberCursor.isDigit(cursor.peek()) {
                number(into: &key)
            } else {
                lettersPart(into: &key)
            }
            expectsAuthorMark = false
            isAtBeginning = false
        }
    }

    private mutating func number(into key: inout ShelfKeyWriter) {
        let start = cursor.position
        let digits = cursor.digits()
        if announced == .opus, !rules.thematicNumbersAreWhole {
            key.mark(.number)
            key.decimals(digits)
        } else {
            if announced == nil { mark(.date, else: .number, in: &key) } else { key.mark(.number) }
            key.number(digits)
        }
        let suffix = cursor.letters()
        if CallNumberCursor.isDigit(cursor.peek()), suffix.count <= 3 {
            cursor.position = suffix.lowerBound
        } else if !isOrdinal(suffix) {
            key.letters(suffix)
        }
        key.note(announced == nil ? "date, edition or other number" : "number", start..<cursor.position)
        announced = nil
    }

    private mutating func lettersPart(into key: inout ShelfKeyWriter) {
        let dotted = cursor.peek(-1) == 0x2E
        let word = cursor.letters()
        var designator = Designator.find(cursor.text[word])
        if designator != nil, expectsAuthorMark, !isBeforeVolumeNumber { designator = nil }
        let next = cursor.peek()
        let isCutter =
            if CallNumberCursor.isDigit(next) {
                word.count <= 3
                    && (designator == nil || !isWrittenAsDesignator(word) || isFirstCutter(word, dotted: dotted))
            } else {
                (dotted && announced == nil && word.count == 1 && next != 0x2E)
                    || (expectsAuthorMark && designator == nil)
            }
        if isCutter {
            cutter(word, into: &key)
        } else if let announced, announced != .copy, rules.readsRomanVolumes, let value = romanValue(word) {
            key.mark(.number)
            key.number(value)
            key.note("Roman number \(value)", word)
            self.announced = nil
        } else {
            loose(word, designator, into: &key)
        }
    }

    /// Whether a number that may be a volume's stands here: behind a point any, else one that is no year, or a Roman
    /// one below 40 of two letters or more, which no title's initial is.
    ///
    /// Some authors' marks are spelled as the words for volumes and copies are: `843 VOL`, `823 TOM 1999`, `823 C`.
    private var isBeforeVolumeNumber: Bool {
        var ahead = cursor
        var hasPoint = false
        while [0x20, 0x2E].contains(ahead.peek()) {
            hasPoint = hasPoint || ahead.peek() == 0x2E
            ahead.position += 1
        }
        let digits = ahead.digits()
        guard digits.isEmpty else { return hasPoint || digits.count < 4 }
        let word = ahead.letters()
        return romanValue(word).map { hasPoint || (word.count > 1 && $0 < 40) } ?? false
    }

    private mutating func cutter(_ letters: Range<Int>, into key: inout ShelfKeyWriter) {
        key.mark(.cutter)
        key.letters(letters)
        let digits = cursor.digits()
        key.decimals(digits)
        key.note("cutter, digits as decimals", letters.lowerBound..<digits.upperBound)
        announced = nil
        let mark = cursor.letters()
        guard !mark.isEmpty else { return }
        let isNextCutter = CallNumberCursor.isDigit(cursor.peek()) && mark.count <= 3
        if isNextCutter || isDesignatorWithPoint(mark) {
            cursor.position = mark.lowerBound
            return
        }
        if rules.ignoresCutterX, mark.count == 1, cursor.text[mark.lowerBound] | 0x20 == 0x78 {
            key.note("x at the end of a cutter, ignored", mark)
            return
        }
        key.mark(rules.workMark == .afterSecondCutter ? .lateWorkMark : .earlyWorkMark)
        key.letters(mark)
        key.note("work mark", mark)
    }

    private mutating func loose(
        _ word: Range<Int>,
        _ designator: (meaning: Designator, spelling: [UInt8])?,
        into key: inout ShelfKeyWriter
    ) {
        announced = designator?.meaning
        guard let designator else {
            key.mark(.word)
            key.letters(word)
            key.note("word", word)
            return
        }
        switch designator.meaning {
        case .volume: mark(.volume, else: .word, in: &key)
        case .copy: mark(.copy, else: .word, in: &key)
        case .part, .opus: key.mark(.word)
        }
        for byte in designator.spelling { key.raw(byte) }
        key.note("\(designator.meaning)", word)
    }

    /// The site's rank of a date, volume or copy, or the usual mark when the site has none.
    private func mark(_ part: CallNumberPart, else usual: ShelfKeyWriter.Mark, in key: inout ShelfKeyWriter) {
        guard let order = rules.partOrder, let rank = order.firstIndex(of: part) else { return key.mark(usual) }
        key.raw(ShelfKeyWriter.Mark.firstOfRanked.rawValue + UInt8(clamping: min(rank, 15)))
    }

    /// `.c65` behind the class number: what begins with a point there is the first cutter, in whichever case.
    private func isFirstCutter(_ word: Range<Int>, dotted: Bool) -> Bool {
        dotted && isAtBeginning && word.count == 1
    }

    /// `v2`, `no3`: two letters or more, or one small letter in a number written in capitals.
    private func isWrittenAsDesignator(_ word: Range<Int>) -> Bool {
        word.count > 1 || (smallLettersMatter && CallNumberCursor.isSmall(cursor.text[word.lowerBound]))
    }

    /// `.A1v.2` without a space: no work mark has a point and a number behind it.
    private func isDesignatorWithPoint(_ word: Range<Int>) -> Bool {
        guard cursor.peek() == 0x2E, isWrittenAsDesignator(word) else { return false }
        var ahead = cursor
        ahead.position += 1
        ahead.skipSpaces()
        return CallNumberCursor.isDigit(ahead.peek()) && Designator.find(cursor.text[word]) != nil
    }

    private func isOrdinal(_ suffix: Range<Int>) -> Bool {
        guard suffix.count == 2 else { return false }
        let first = cursor.text[suffix.lowerBound] | 0x20
        let second = cursor.text[suffix.lowerBound + 1] | 0x20
        return switch (first, second) {
        case (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64), (0x74, 0x68): true
        default: false
        }
    }

    private func romanValue(_ word: Range<Int>) -> Int? {
        RomanNumber.value(cursor.text[word])
    }
}
