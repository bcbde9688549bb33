//! Enums, in each of the ways in which serde can write them.

use super::reads;
use crate::Input;

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
enum External {
    Unit,
    New(#[garde(range(max = 9))] u8),
    Pair(#[garde(range(max = 9))] u8, #[garde(skip)] bool),
    #[serde(rename_all = "camelCase")]
    Named {
        #[garde(length(max = 3))]
        some_text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Internal {
    Unit,
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    New(#[garde(range(max = 9))] u8),
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[derive(Debug, Input, PartialEq)]
#[input(crate = crate)]
#[serde(untagged)]
enum Untagged {
    Number(#[garde(range(max = 9))] u8),
    Named {
        #[garde(length(max = 3))]
        text: String,
    },
}

#[test]
fn enums_are_read_in_all_representations() {
    assert!(reads::<External>(r#""Unit""#) && reads::<External>(r#"{"New":9}"#) && reads::<External>(r#"{"Pair":[9,true]}"#));
    assert!(reads::<External>(r#"{"Named":{"someText":"abc"}}"#));
    for bad in
        [r#"{"New":10}"#, r#"{"Pair":[10,true]}"#, r#"{"Named":{"someText":"abcd"}}"#, r#"{"Named":{"someText":"","x":1}}"#]
    {
        assert!(!reads::<External>(bad), "{bad}");
    }
    assert!(reads::<Internal>(r#"{"type":"unit"}"#) && reads::<Internal>(r#"{"type":"named","text":"abc"}"#));
    assert!(!reads::<Internal>(r#"{"type":"unit","isAdmin":true}"#), "serde takes any field there by itself");
    assert!(!reads::<Internal>(r#"{"type":"named","text":"abcd"}"#) && !reads::<Internal>(r#"{"type":"named","text":"","x":1}"#));
    assert!(reads::<Adjacent>(r#"{"t":"Unit"}"#) && reads::<Adjacent>(r#"{"t":"New","c":9}"#));
    assert!(reads::<Adjacent>(r#"{"t":"Named","c":{"text":"abc"}}"#));
    for bad in [r#"{"t":"New","c":10}"#, r#"{"t":"Named","c":{"text":"abcd"}}"#, r#"{"t":"New","c":1,"x":1}"#] {
        assert!(!reads::<Adjacent>(bad), "{bad}");
    }
    assert!(reads::<Untagged>("9") && reads::<Untagged>(r#"{"text":"abc"}"#));
    for bad in ["10", r#"{"text":"abcd"}"#, r#"{"text":"","x":1}"#] {
        assert!(!reads::<Untagged>(bad), "{bad}");
    }
}
