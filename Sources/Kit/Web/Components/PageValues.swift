import Mustache

// The components that stand on a page by the hundred tell templates their fields themselves (PageValue says why).

extension WebStatus: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "state": state.rawValue
        case "word": word
        default: nil
        }
    }
}

extension WebRow: PageValue {
    package func child(named name: String) -> Any? { name == "cells" ? cells : nil }
}

extension WebCell: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "text": shown(text)
        case "href": shown(href)
        case "isHead": isHead
        case "isNumber": isNumber
        case "status": shown(status)
        case "also": shown(also)
        case "bar": shown(bar)
        case "five": shown(five)
        default: nil
        }
    }
}

extension WebHeat.Row: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "of": shown(of)
        case "href": shown(href)
        case "isInner": isInner
        case "cells": cells
        default: nil
        }
    }
}

extension WebHeatCell: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "state": state.rawValue
        case "word": word
        case "value": value
        case "href": shown(href)
        default: nil
        }
    }
}

extension WebBar: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "percent": percent
        case "mark": shown(mark)
        case "label": label
        case "isUnder": isUnder
        default: nil
        }
    }
}

extension WebFive: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "bars": bars
        default: nil
        }
    }
}

extension WebFive.Bar: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "percent": percent
        case "isUnder": isUnder
        default: nil
        }
    }
}
