/// Rows under headings, columns as wide as their widest cell.
struct Table {
    var headings: [String]
    var rows: [[String]]

    /// The lines, without spaces at their ends; cells of a column are cut at `limit` characters, except in the last
    /// column.
    func lines(limit: Int = 48) -> [String] {
        let cells = ([headings] + rows).map { row in
            row.enumerated().map { column, text in
                column == headings.count - 1 ? text.visible : text.visible.cut(to: limit)
            }
        }
        let widths = headings.indices.map { column in
            cells.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return cells.map { row in
            let line = zip(row, widths).map { text, width in text.padded(to: width) }.joined(separator: "  ")
            return line.trimmingEnd
        }
    }
}

extension String {
    func padded(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self
    }

    func cut(to width: Int) -> String {
        count > width ? prefix(max(0, width - 1)) + "…" : self
    }

    var trimmingEnd: String {
        guard let last = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[...last])
    }
}
