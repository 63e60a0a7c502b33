package report_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/offline"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// says looks for a sentence among those of a report.
func says(lines []string, text string) bool { return strings.Contains(strings.Join(lines, "\n"), text) }

// Whoever gets the ticket must hear that a wizard may stand open on that server, though nothing was changed.
func TestReportOfAWalkThatWasLeftTellsOfTheOpenWizard(t *testing.T) {
	e := walktest.Dated(t, "missing")
	left := func() report.Report {
		e.Settle(e.Walk.Handle(screen.EndOfInput{}))
		return e.Walk.Report()
	}
	for e.Walk.Screen().Step < 6 {
		e.Press()
	}
	e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	for e.Walk.Screen().Step < 10 {
		e.Press()
	}
	r := left()
	if !strings.HasSuffix(r.Verdict,
		"was left at step 10 of 12 (Copy OBSAGENT.msi). Nothing was changed, but the update installer was started.") {
		t.Error(r.Verdict)
	}
	if doneChanges(r, "start the update installer") != 1 || len(r.Changes) != 1 ||
		!says(r.Next, "Close the upgrade wizard, if it is still open") {
		t.Errorf("%+v\n%s", r.Changes, strings.Join(r.Next, "\n"))
	}

	e = walktest.Dated(t, "missing")
	if r = left(); strings.Contains(r.Verdict, "was started") || len(r.Changes) > 0 || says(r.Next, "wizard") {
		t.Errorf("nothing was started: %s\n%+v\n%s", r.Verdict, r.Changes, strings.Join(r.Next, "\n"))
	}

	e = walktest.Dated(t, "missing")
	e.Run()
	if r = e.Walk.Report(); doneChanges(r, "start the update installer") != 1 || says(r.Next, "wizard") {
		t.Errorf("the wizard is closed: %s", strings.Join(r.Next, "\n"))
	}
}

// Whoever reads a ticket has no screen of marsfix before him: no hint in it names a key.
func TestReportHintsAreForTheTicket(t *testing.T) {
	keys := regexp.MustCompile(`press (r|s|l|esc|Enter)\b`)
	for scenario, want := range map[string]string{
		"wrong-package":   "on a real computer, keep this installer for step 12 and get the one for version",
		"still-fails":     "on a real computer, contact Microsoft Support and attach the zip that this creates: marsfix bundle",
		"disk-full":       "make room on that drive, then look again: marsfix practice --scenario disk-full",
		"patch-elsewhere": "on a real computer, keep this installer for step 12 and get that update's installer for version",
	} {
		e := walktest.Dated(t, scenario)
		e.Run()
		r := e.Walk.Report()
		if len(r.Problems) == 0 || !strings.HasPrefix(r.Problems[0].Hint, want) {
			t.Errorf("%s: %+v", scenario, r.Problems)
			continue
		}
		for _, st := range r.Steps {
			for _, p := range append(st.Problems, r.Problems...) {
				if keys.MatchString(p.Hint) {
					t.Errorf("%s: %s", scenario, p.Hint)
				}
			}
		}
		for _, st := range r.Steps {
			if n := len(st.Problems); n > 0 && st.State == "failed" && st.Problems[0] != r.Problems[0] {
				t.Errorf("%s: step %d tells %+v", scenario, st.Step, st.Problems)
			}
		}
		if !says(r.Summary, "\n  hint       "+r.Problems[0].Hint+"\n") {
			t.Errorf("%s: what is pasted tells another hint:\n%s", scenario, strings.Join(r.Summary, "\n"))
		}
	}
}

// What a step remarked and passed over is no failure, and an override is asked for because of a problem, not before it.
func TestReportTellsRemarksFromFailures(t *testing.T) {
	e := walktest.Dated(t, "planted")
	e.Run()
	page := html(e.Walk.Report())
	if strings.Contains(page, `<p class="problem">`) || strings.Count(page, `<p class="problem note">`) < 3 {
		t.Error("the remarks of a walk that went well look like failures, or are not there")
	}
	e = walktest.Dated(t, "unsigned")
	e.Run()
	r := e.Walk.Report()
	if page = html(r); strings.Count(page, `<p class="problem">`) != 2 {
		t.Errorf("a package that is not signed is not told of on top and at its step")
	}
	if ev := r.Steps[8].Events; len(ev) < 2 || ev[0].Kind != "problem" || ev[1].Kind != "asked" {
		t.Errorf("%+v", ev)
	}
}

// A finished walk waits for nobody.
func TestReportOfTwoRounds(t *testing.T) {
	e := walktest.Dated(t, "second-package")
	e.Run()
	for _, st := range e.Walk.Report().Steps {
		if want := "done"; st.Step == 12 && st.Round == 1 && st.State != "another round followed" || st.Step != 12 &&
			st.State != want {
			t.Errorf("round %d, step %d is %q", st.Round, st.Step, st.State)
		}
	}
}

// A diagnosis tells of no folder that nobody has named, and its advice points to where the hints stand.
func TestReportOfADiagnosisThatFindsNothing(t *testing.T) {
	l, err := offline.New(walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": ""}))
	if err != nil {
		t.Fatal(err)
	}
	_, made, err := diagnose.Look(context.Background(), l, "test", walktest.BundledAt, func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	r := made()
	for _, st := range r.Steps[7:9] {
		if st.State != "nothing found" || len(st.Found) > 0 {
			t.Errorf("step %d: %q, %+v", st.Step, st.State, st.Found)
		}
	}
	page := html(r)
	if wrong, next := strings.Index(page, "What is wrong"), strings.Index(page,
		"Follow the hints below"); next < 0 || wrong < next {
		t.Error("the hints do not stand below")
	}
	if strings.Contains(page, "<td>\\Installers") || strings.Contains(page, ">\\Installers") {
		t.Error("it tells of a folder without a drive")
	}
}

// idle is a computer whose services do not run.
type idle struct{ *walktest.Rig }

func (m idle) Services(ctx context.Context) ([]computer.Service, error) {
	ss, err := m.Rig.Services(ctx)
	for i := range ss {
		ss[i].State = "stopped"
	}
	return ss, err
}

// Whether tonight's backup can run is told after an upgrade that failed as well.
func TestReportOfAFailedUpgradeTellsOfTheBackup(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "still-fails", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, idle{r}, r.Dir, clock)
	e.Run()
	if next := e.Walk.Report().Next; !says(next,
		"obengine is stopped: start it before the next scheduled backup: net start obengine") {
		t.Error(strings.Join(next, "\n"))
	}
	e = walktest.Dated(t, "still-fails").Engineer
	e.Run()
	if next := e.Walk.Report().Next; !says(next, "The backup service obengine is running: scheduled backups can run.") {
		t.Error(strings.Join(next, "\n"))
	}
}
