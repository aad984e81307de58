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

extension WebLink: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "href": href
        case "label": label
        default: nil
        }
    }
}

extension WebFilter: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "href": href
        case "label": label
        case "current": current
        case "count": shown(count)
        default: nil
        }
    }
}

extension WebCrumb: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "href": shown(href)
        default: nil
        }
    }
}

extension WebHead: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "lead": shown(lead)
        case "before": shown(before)
        case "crumbs": crumbs
        case "status": shown(status)
        default: nil
        }
    }
}

extension WebStation: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "state": state.rawValue
        case "name": self.name
        case "when": shown(when)
        case "current": current
        case "isAhead": isAhead
        case "href": shown(href)
        default: nil
        }
    }
}

extension WebEvent: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "state": state.rawValue
        case "title": title
        case "text": shown(text)
        default: nil
        }
    }
}

extension WebLine: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "href": shown(href)
        case "text": shown(text)
        case "right": shown(right)
        case "status": shown(status)
        default: nil
        }
    }
}

extension WebFact: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "value": value
        case "href": shown(href)
        case "status": shown(status)
        default: nil
        }
    }
}

extension WebField: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "label": label
        case "hint": shown(hint)
        case "error": shown(error)
        case "unit": shown(unit)
        case "value": shown(value)
        case "isInput": isInput
        case "isArea": isArea
        case "isChoice": isChoice
        case "isRadio": isRadio
        case "isFile": isFile
        case "isCheck": isCheck
        case "type": shown(type)
        case "inputmode": shown(inputmode)
        case "autocomplete": shown(autocomplete)
        case "size": shown(size)
        case "options": options
        case "choose": shown(choose)
        case "checked": checked
        case "accept": shown(accept)
        case "several": several
        case "capture": capture
        case "isOptional": isOptional
        case "isLocked": isLocked
        default: nil
        }
    }
}

extension WebOption: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "value": value
        case "label": label
        case "selected": selected
        case "hint": shown(hint)
        default: nil
        }
    }
}

extension WebPager: PageValue {
    package func child(named name: String) -> Any? {
        switch name {
        case "previous": shown(previous)
        case "previousText": shown(previousText)
        case "nextText": shown(nextText)
        case "next": shown(next)
        case "said": shown(said)
        default: nil
        }
    }
}
