package diagnose_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// abroad is a diagnosis with texts of other languages, and characters that take two units.
func abroad() diagnose.Diagnosis {
	d := diagnose.Diagnosis{Verdict: look.Unclear, Reason: "Zugriff verweigert: Übung, ошибка, 错误, \U0001F600.",
		TempPath: `C:\Übung\u00e4`,
		Problems: []screen.Told{{Code: "log-missing", Message: "é", Hint: "è"}}}
	d.Machine.Name = "SRV-Ä\u007f"
	return d
}

// Programs that decode what is printed by some code page get the same texts: all of it is ASCII.
func TestPrintsOnlyASCII(t *testing.T) {
	for _, form := range []diagnose.Form{{JSON: true}, {Line: true}} {
		var b bytes.Buffer
		if err := abroad().Print(&b, form); err != nil {
			t.Fatal(err)
		}
		if at := strings.IndexFunc(b.String(), func(r rune) bool { return r >= 0x7f }); at >= 0 {
			t.Errorf("%+v: %q at %d", form, b.String()[at:], at)
		}
	}
	var b bytes.Buffer
	if err := abroad().Print(&b, diagnose.Form{JSON: true}); err != nil {
		t.Fatal(err)
	}
	var back diagnose.Diagnosis
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back.Reason != abroad().Reason ||
		back.TempPath != abroad().TempPath || back.Problems[0] != abroad().Problems[0] {
		t.Errorf("%v, %+v", err, back)
	}
	if line := abroad().Line(); !strings.Contains(line, `computer="SRV-\u00c4`) ||
		!strings.Contains(line, `\u9519\u8bef, \ud83d\ude00."`) {
		t.Error(line)
	}
	var told bytes.Buffer
	if err := diagnose.PrintError(&told, &json.UnsupportedValueError{Str: "Größe"}); err != nil ||
		!strings.Contains(told.String(), `Gr\u00f6\u00dfe`) {
		t.Errorf("%v, %s", err, told.String())
	}
}

// A line of such texts is as long as it may be, and no escape is cut in two.
func TestALineIsCutBetweenCharacters(t *testing.T) {
	for more := range 14 {
		d := diagnose.Diagnosis{Verdict: look.Unclear, Reason: strings.Repeat("x", more) +
			strings.Repeat("\U0001F600", 1000)}
		line := d.Line()
		_, reason, _ := strings.Cut(line, ` reason="`)
		text := strings.TrimSuffix(strings.TrimLeft(reason, "x"), `..."`)
		if n := len(reason) - 1; n > 320 || n < 320-14 || text != strings.Repeat(`\ud83d\ude00`, len(text)/12) {
			t.Errorf("%d characters: %s", len(reason), reason)
		}
	}
	if line := diagnose.ErrorLine(&json.UnsupportedValueError{Str: strings.Repeat("ä", 3000)}); len(line) > 2048 ||
		len(line) < 2030 || !strings.HasSuffix(line, `\u00e4...`) {
		t.Errorf("%d characters: %s", len(line), line[len(line)-40:])
	}
}
