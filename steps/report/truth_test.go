package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"marsfix/steps"
	"marsfix/steps/bundle"
	"marsfix/steps/diagnose"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

func doneChanges(r report.Report, what string) int {
	n := 0
	for _, c := range r.Changes {
		if strings.HasPrefix(c.What, what) && c.Outcome == "done" {
			n++
		}
	}
	return n
}

// TestReportTellsWhatHappened walks every kind of ending and compares the report with the walk's end and the disk.
func TestReportTellsWhatHappened(t *testing.T) {
	for _, tt := range []struct {
		scenario, verdict, tone string
		copies, asides, rounds  int
	}{
		{"missing", "is repaired: the upgrade from version 2.0.9169.0 to 2.0.9262.0 succeeded", "good", 1, 0, 1},
		{"healthy", "has nothing to repair", "good", 0, 0, 1},
		{"second-package", "is repaired", "good", 2, 0, 2},
		{"bad-target", "is repaired", "good", 1, 1, 1},
		{"wrong-package", "is not repaired. marsfix stopped at step 9 of 12 (Go to the Installers folder): ", "bad", 0, 0, 1},
		{"unsigned", "is not repaired. marsfix stopped at step 9 of 12", "bad", 0, 0, 1},
		{"source-vanishes", "is not repaired. marsfix stopped at step 10 of 12", "bad", 0, 0, 1},
		{"target-appears", "is not repaired. marsfix stopped at step 10 of 12", "bad", 0, 0, 1},
		{"disk-full", "is not repaired. marsfix stopped at step 10 of 12", "bad", 0, 0, 1},
		{"patch-missing", "is repaired", "good", 1, 0, 1},
		{"patch-elsewhere", "is not repaired. marsfix stopped at step 9 of 12", "bad", 0, 0, 1},
		{"cache-emptied", "is repaired", "good", 3, 0, 1},
		{"still-fails", "is not repaired. marsfix stopped at step 12 of 12", "bad", 1, 0, 1},
	} {
		t.Run(tt.scenario, func(t *testing.T) {
			e := walktest.Dated(t, tt.scenario)
			code := e.Run()
			r := e.Walk.Report()
			if !strings.Contains(r.Verdict, tt.verdict) || r.Tone != tt.tone || r.ExitCode != code {
				t.Errorf("%s, %s, code %d; the walk ended with %d", r.Verdict, r.Tone, r.ExitCode, code)
			}
			if n := doneChanges(r, "copy"); n != tt.copies {
				t.Errorf("%d copies, want %d: %+v", n, tt.copies, r.Changes)
			}
			if n := doneChanges(r, "set an unusable"); n != tt.asides {
				t.Errorf("%d files set aside, want %d: %+v", n, tt.asides, r.Changes)
			}
			if untouched := strings.Contains(r.Verdict, "Nothing was changed"); untouched &&
				len(e.Cache()) != len(walktest.Dated(t, tt.scenario).Cache()) && tt.scenario != "target-appears" {
				t.Errorf("says that nothing was changed: %v", e.Cache())
			}
			if len(r.Next) == 0 || len(r.Summary) == 0 {
				t.Error("what to do next, or the summary, is missing")
			}
			if len(r.Services) != 2 || r.Services[0].Before != "running" || tt.tone == "good" && tt.copies > 0 &&
				r.Services[0].After != "running" {
				t.Errorf("services %+v", r.Services)
			}
			checkSteps(t, r, tt.rounds)
		})
	}
}

// checkSteps wants every step of the last round in order, and those that were reached with a time.
func checkSteps(t *testing.T, r report.Report, rounds int) {
	t.Helper()
	want := 12
	if rounds > 1 {
		want += 11 // the second round begins at step 2
	}
	if len(r.Steps) != want {
		t.Fatalf("%d steps, want %d", len(r.Steps), want)
	}
	for _, st := range r.Steps {
		if reached := st.Entered != ""; reached == (st.State == "not reached") {
			t.Errorf("step %d is %s, entered %q", st.Step, st.State, st.Entered)
		}
		for i := 1; i < len(st.Events); i++ {
			if st.Events[i].Time < st.Events[i-1].Time {
				t.Errorf("step %d tells of %v after %v", st.Step, st.Events[i], st.Events[i-1])
			}
		}
	}
}

// TestReportRemembersAnswers says no, looks again, goes back, says yes, and asks to leave.
func TestReportRemembersAnswers(t *testing.T) {
	e := walktest.DatedBy(t, "missing",
		tickingClock{&walktest.QuickClock{At: time.Date(2026, time.March, 4, 9, 30, 0, 0, time.UTC)}})
	for e.Walk.Screen().Step < 6 {
		e.Press()
	}
	e.Settle(e.Walk.Handle(screen.Answer{}))
	e.Settle(e.Walk.Handle(screen.Press{Key: "enter"})) // ask again
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
	e.Settle(e.Walk.Handle(screen.Press{Key: "esc"}))
	e.Settle(e.Walk.Handle(screen.Press{Key: "enter"}))
	e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	e.Settle(e.Walk.Handle(screen.Interrupt{}))
	e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	r := e.Walk.Report()
	if !strings.Contains(r.Verdict, "was left at step 6 of 12") || r.ExitCode != steps.CodeLeft || r.Tone != "warn" {
		t.Errorf("%s, code %d", r.Verdict, r.ExitCode)
	}
	var told []string
	for _, ev := range r.Steps[5].Events {
		told = append(told, ev.Kind+" "+ev.Text)
	}
	order := []string{"asked Start MARSAgentInstaller.exe?", "answered no", "pressed enter: ask again", "asked Start",
		"pressed r: look again", "answered yes",
		"starting the installer: ", "started the installer", "pressed Ctrl+C", "asked ", "answered yes"}
	at := 0
	for _, ev := range told {
		if at < len(order) && strings.HasPrefix(ev, order[at]) {
			at++
		}
	}
	if at < len(order) {
		t.Errorf("%q is not told of in its place:\n%s", order[at], strings.Join(told, "\n"))
	}
}

// Characters that a terminal or a browser would obey, and markup.
const nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;\x1b[31m\x00\x07\u202e\u2066\u200b\u2028{{.}}\"'--></style>"

// checkPage wants a page that runs nothing, fetches nothing, and has nothing in it that marsfix does not write.
func checkPage(t *testing.T, page string) {
	t.Helper()
	if i := strings.IndexFunc(page, func(r rune) bool {
		return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	}); i >= 0 {
		t.Errorf("a character that may not be shown: %q", page[max(0, i-40):min(len(page), i+40)])
	}
	readPage(t, page)
	for _, no := range []string{"<script", "<img", "http://", "url(", "@import", "{}"} {
		if strings.Contains(page, no) {
			t.Errorf("the page holds %s", no)
		}
	}
}

// fillText puts a text into every text of a value, and one element into every slice.
func fillText(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillText(v.Index(0), text)
	case reflect.Struct:
		for i := range v.NumField() {
			fillText(v.Field(i), text)
		}
	}
}

// TestReportShowsHostileTextAndNoMore fills every text of a report.
func TestReportShowsHostileTextAndNoMore(t *testing.T) {
	var r report.Report
	fillText(reflect.ValueOf(&r).Elem(), nasty)
	r.Steps[0].Log = []report.Line{{Number: 1, Text: nasty + nasty, Match: true, MarkAt: 3, Mark: len(nasty)},
		{Text: nasty, MarkAt: math.MaxInt, Mark: math.MaxInt}, {Text: nasty, MarkAt: -5, Mark: -1}}
	page := html(fixReport(r))
	checkPage(t, page)
	if n := strings.Count(page, "&lt;script&gt;"); n < 50 {
		t.Errorf("%d of the report's texts are on the page", n)
	}
	b, err := fixReport(r).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b) || regexp.MustCompile(`\\u(202e|2066|200b|001b|0000|0007)`).Match(b) {
		t.Errorf("%s", b)
	}
}

// TestAToneMarksAWord: as on the screens, the page colours the state word of a row and not its whole note, and nothing
// where the word is not in the text.
func TestAToneMarksAWord(t *testing.T) {
	r := report.Report{Steps: []report.Step{{Step: 12, State: "looked", Found: []report.Row{
		{Label: "a", Value: "v", Note: "copied, but not accepted", Tone: "bad", Word: "not accepted"},
		{Label: "b", Value: "2 new warnings in it", Tone: "bad", Word: "2 new warnings"},
		{Label: "c", Value: "v", Note: "in place", Tone: "good"},
		{Label: "d", Value: "v", Note: "something else", Tone: "good", Word: "in place"},
		{Label: "e", Value: "v", Note: "1.0 MB", Word: "1.0"}}}}}
	page := html(r)
	for _, want := range []string{`v · copied, but <span class="bad">not accepted</span></td>`,
		`<td><span class="bad">2 new warnings</span> in it</td>`, `v · <span class="good">in place</span></td>`,
		`v · something else</td>`, `v · 1.0 MB</td>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// TestReportOfAHostileComputer plants it where the excerpts, rows and names of a walk and of a diagnosis come from.
func TestReportOfAHostileComputer(t *testing.T) {
	m, c := walktest.Ill(t)
	log := filepath.Join(c, "Windows/Temp/OBPatch.log")
	warning := "MSI (s) (0C:50) [13:14:37:045]: Warning: Local cached package '%s' is missing. " + nasty +
		"password=hunter2\r\n"
	walktest.AppendFile(t, log, walktest.Utf16LE(strings.Repeat(nasty+"\r\n", 3)+fmt.Sprintf(warning, nasty)+
		fmt.Sprintf(warning, `C:\Windows\Installer\7b5ea8.msi`)+nasty+" /pw:hunter2\r\n"))
	_, made, err := diagnose.Look(context.Background(), m, nasty, walktest.BundledAt, func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	r := made()
	page := html(r)
	checkPage(t, page)
	if !strings.Contains(page, "<mark>C:\\Windows\\Installer\\7b5ea8.msi</mark>") ||
		!strings.Contains(page, "&lt;script&gt;") {
		t.Error("the match is not marked, or the lines around it are not there")
	}
	if strings.Contains(page, "hunter2") {
		t.Error("a password of the log is in the report")
	}
	for name, text := range walktest.Unzip(t, walktest.PlanBundle(t, m, bundle.Options{})) {
		if strings.ContainsFunc(text, func(r rune) bool {
			return !strings.ContainsRune("\r\n\t", r) && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
		}) {
			t.Errorf("%s holds what may not be shown", name)
		}
		if strings.HasSuffix(name, ".html") {
			checkPage(t, text)
		}
	}
}

// fixReport is a report as it is given away, from one as it was found.
func fixReport(r report.Report) report.Report {
	r.MapText(report.Sanitizer(redact.New(false, nil)))
	return r
}
