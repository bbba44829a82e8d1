"""What a result of SHACL Core says where its shape has no message of its own."""

from __future__ import annotations

DEFAULTS: dict[str, dict[str, str]] = {
    "And": {
        "en": "It does not meet every one of the shapes asked for.",
        "ko": "요구된 형식 가운데 맞지 않는 것이 있습니다.",
    },
    "Class": {"en": "It is not a {$class}.", "ko": "{$class}에 속하지 않습니다."},
    "Closed": {"en": "This property is not allowed here.", "ko": "여기에는 쓸 수 없는 속성입니다."},
    "Datatype": {"en": "It is not a valid {$datatype}.", "ko": "올바른 {$datatype} 값이 아닙니다."},
    "Disjoint": {"en": "It is also a value of {$disjoint}.", "ko": "{$disjoint}의 값과 겹칩니다."},
    "Equals": {"en": "It is not a value of both this and {$equals}.", "ko": "{$equals}의 값과 같지 않습니다."},
    "HasValue": {"en": "The value {$hasValue} is missing.", "ko": "{$hasValue} 값이 없습니다."},
    "In": {"en": "It is none of: {$in}.", "ko": "다음 가운데 하나가 아닙니다: {$in}."},
    "LanguageIn": {
        "en": "Its language is none of: {$languageIn}.",
        "ko": "언어가 다음 가운데 하나가 아닙니다: {$languageIn}.",
    },
    "LessThan": {"en": "It is not less than every {$lessThan}.", "ko": "{$lessThan}보다 작지 않습니다."},
    "LessThanOrEquals": {
        "en": "It is greater than some {$lessThanOrEquals}, or cannot be compared with it.",
        "ko": "{$lessThanOrEquals}보다 크거나 서로 비교할 수 없습니다.",
    },
    "MaxCount": {"en": "There are more than {$maxCount} values.", "ko": "값이 {$maxCount}개보다 많습니다."},
    "MaxExclusive": {"en": "It is not less than {$maxExclusive}.", "ko": "{$maxExclusive}보다 작아야 합니다."},
    "MaxInclusive": {"en": "It is greater than {$maxInclusive}.", "ko": "{$maxInclusive} 이하여야 합니다."},
    "MaxLength": {"en": "It is longer than {$maxLength} characters.", "ko": "{$maxLength}자보다 깁니다."},
    "MinCount": {"en": "There are fewer than {$minCount} values.", "ko": "값이 {$minCount}개보다 적습니다."},
    "MinExclusive": {"en": "It is not greater than {$minExclusive}.", "ko": "{$minExclusive}보다 커야 합니다."},
    "MinInclusive": {"en": "It is less than {$minInclusive}.", "ko": "{$minInclusive} 이상이어야 합니다."},
    "MinLength": {"en": "It is shorter than {$minLength} characters.", "ko": "{$minLength}자보다 짧습니다."},
    "Node": {"en": "It does not meet the shape {$node}.", "ko": "{$node} 형식에 맞지 않습니다."},
    "NodeKind": {"en": "It is not a {$nodeKind}.", "ko": "{$nodeKind} 종류가 아닙니다."},
    "Not": {"en": "It meets a shape that it must not meet.", "ko": "맞아서는 안 되는 형식에 맞습니다."},
    "Or": {"en": "It meets none of the shapes asked for.", "ko": "요구된 형식 가운데 맞는 것이 없습니다."},
    "Pattern": {"en": "It does not match the pattern {$pattern}.", "ko": "{$pattern} 양식에 맞지 않습니다."},
    "QualifiedMaxCount": {
        "en": "More than {$qualifiedMaxCount} values meet the shape.",
        "ko": "형식에 맞는 값이 {$qualifiedMaxCount}개보다 많습니다.",
    },
    "QualifiedMinCount": {
        "en": "Fewer than {$qualifiedMinCount} values meet the shape.",
        "ko": "형식에 맞는 값이 {$qualifiedMinCount}개보다 적습니다.",
    },
    "UniqueLang": {"en": "More than one value has the same language.", "ko": "같은 언어의 값이 둘 이상입니다."},
    "Xone": {"en": "It does not meet exactly one of the shapes.", "ko": "형식 가운데 정확히 하나에만 맞아야 합니다."},
}
