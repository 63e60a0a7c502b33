package look

import (
	"strings"
	"testing"

	"marsfix/logscan"
)

// What a warning says of its package, for each kind of warning that names one.
func TestSaid(t *testing.T) {
	for kind, want := range map[logscan.Kind]string{
		logscan.Missing:          "says that 7b5ea8.msi is missing",
		logscan.NotStorage:       "says that 7b5ea8.msi is not a valid .msi file",
		logscan.NoPackageCode:    "says that 7b5ea8.msi has no valid package code",
		logscan.OtherPackageCode: "says that 7b5ea8.msi has a different package code than the registered one",
		logscan.Cut:              "warns about 7b5ea8.msi, and the line is cut off",
	} {
		if got := Said(logscan.Warning{ID: "7b5ea8", Kind: kind}); got != want {
			t.Errorf("kind %d: %q, want %q", kind, got, want)
		}
	}
}

// What a session reports is not why it failed, and only a changed log is told from its text.
func TestSaysNoMoreThanTheLog(t *testing.T) {
	var c Decision
	c.unnamed(Facts{}, ending{hasCode: true, failed: true, code: 1603})
	if c.Reason != "The log's last session failed with 1603 and reports a lost source, which it does not name." {
		t.Errorf("the reason is %q", c.Reason)
	}
	for doubt, want := range map[logscan.Doubt]string{
		logscan.WebPage:   "give the file itself (if it is downloaded, sign in first): ",
		logscan.OtherText: "give the file itself: ",
		logscan.Wrapped:   "give the file itself, not its text: ",
	} {
		if cure, _ := theFileItself(Facts{Reading: logscan.Reading{Doubt: doubt}}); !strings.HasPrefix(cure, want) {
			t.Errorf("of a log with doubt %d the hint is %q", doubt, cure)
		}
	}
}

// A line that is quoted in part begins with a whole word, where there is one before what matters.
func TestQuotedBeginsWithAWord(t *testing.T) {
	for text, want := range map[string]string{
		"12345678 1234567 setup.cpp  NORMAL Directory": "…setup.cpp  NORMAL Directory",
		"12345678123456789setup.cpp--NORMAL Directory": "…6789setup.cpp--NORMAL Directory",
	} {
		if got := Quoted(text, strings.Index(text, "NORMAL"), 31); got != want {
			t.Errorf("%q is quoted as %q, want %q", text, got, want)
		}
	}
}
