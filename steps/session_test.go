package steps

import (
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

func TestWalkShowsAllTwelveAndNeverAdvancesByItself(t *testing.T) {
	p := play(t)
	f := settled()
	for step := range Count {
		if got := p.s.Screen().Step; got != step+1 {
			t.Fatalf("screen %d, want %d", got, step+1)
		}
		p.finish(f)
		p.want(screen.Done)
		if p.s.at != step {
			t.Fatalf("went on from step %d without Enter", step+1)
		}
		p.send(screen.Press{Key: "enter"})
	}
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeGood {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

func TestNoForwardBeforeDone(t *testing.T) {
	for step := range Count {
		p := play(t)
		p.reach(step, settled())
		p.want(screen.Looking)
		if ks := p.keys(); ks["enter"] || ks["y"] {
			t.Errorf("step %d offers enter or y while it looks", step+1)
		}
		p.send(screen.Press{Key: "enter"})
		p.send(screen.Answer{Yes: true})
		if p.s.at != step {
			t.Errorf("step %d was left while it looked", step+1)
		}
	}
}

func TestLateResultIsDropped(t *testing.T) {
	p := play(t)
	p.reach(searchLog, settled())
	w := p.work[0]
	bad := settled()
	bad.About.Name = "LATE"
	for name, r := range map[string]Result{
		"attempt": {Round: 1, Step: w.Step, Attempt: w.Attempt - 1, Facts: bad},
		"step":    {Round: 1, Step: w.Step - 1, Attempt: w.Attempt, Facts: bad},
		"round":   {Round: 2, Step: w.Step, Attempt: w.Attempt, Facts: bad},
	} {
		p.send(r)
		if p.s.facts.About.Name == "LATE" || p.s.Screen().State != screen.Looking {
			t.Errorf("a result with another %s was taken", name)
		}
	}
	p.work = []Work{w}
	p.finish(settled())
	p.want(screen.Done)
	p.send(Result{Round: 1, Step: w.Step, Attempt: w.Attempt, Facts: bad})
	if p.s.facts.About.Name == "LATE" {
		t.Error("a result was taken twice")
	}
}

func TestBackWorksExceptWhileActing(t *testing.T) {
	for step := 1; step < Count; step++ {
		f := fresh()
		p := play(t)
		p.reach(min(step, copyPackage), f)
		if step > copyPackage {
			p.finish(settled())
			p.reachMore(step, settled())
		}
		p.send(screen.Press{Key: "esc"})
		if p.s.at != step-1 {
			t.Errorf("esc at step %d led to %d", step+1, p.s.at+1)
		}
	}
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.want(screen.Asking)
	p.send(screen.Answer{Yes: true})
	p.want(screen.Acting)
	if p.keys()["esc"] {
		t.Error("esc is offered while acting")
	}
	p.send(screen.Press{Key: "esc"})
	if p.s.at != copyPackage {
		t.Error("esc left a step that was acting")
	}
}

func TestBackShowsEarlierScreensReadOnlyAfterTheCopy(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Answer{Yes: true})
	p.finish(settled())
	p.want(screen.Done)
	for step := copyPackage - 1; step >= 0; step-- {
		p.send(screen.Press{Key: "esc"})
		sc := p.s.Screen()
		if sc.Step != step+1 || !sc.ReadOnly || sc.Question != nil || len(p.work) != 0 {
			t.Fatalf("step %d: read-only %v, question %v, work %v", sc.Step, sc.ReadOnly, sc.Question, p.work)
		}
		if ks := p.keys(); ks["r"] || ks["y"] || ks["s"] || !ks["enter"] {
			t.Fatalf("step %d offers %v", sc.Step, ks)
		}
	}
	for range copyPackage {
		p.send(screen.Press{Key: "enter"})
	}
	if p.s.at != copyPackage {
		t.Fatalf("Enter led to step %d", p.s.at+1)
	}
}

func TestNoIsSafeAndEnterAsksAgain(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Press{Key: "enter"})
	p.want(screen.Asking) // Enter does not confirm
	p.send(screen.Answer{Yes: false})
	p.want(screen.NeedsYou)
	if len(p.work) != 0 || p.s.Screen().Question != nil {
		t.Fatal("no did something")
	}
	p.send(screen.Answer{Yes: true})
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "enter"})
	p.want(screen.Asking)
	p.send(screen.Answer{Yes: true})
	if len(p.work) != 1 || p.work[0].Act != computer.ActCopy {
		t.Fatalf("work %v", p.work)
	}
}

func TestOverrideIsTypedOut(t *testing.T) {
	f := fresh()
	f.File.Source.Signature = computer.Signature{State: computer.SignNone}
	p := play(t)
	p.reach(checkPackage, f)
	p.finish(f)
	p.want(screen.Asking)
	if q := p.s.Screen().Question; q.Kind != screen.Type || q.Want != "7b5ea8" {
		t.Fatalf("question %+v", q)
	}
	for _, typed := range []string{"", "7b5ea9", "y"} {
		p.send(screen.Answer{Text: typed, Yes: true})
		p.want(screen.Asking)
	}
	p.send(screen.Press{Key: "q"})
	p.send(screen.Answer{Yes: true})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeFailed {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
	p = play(t)
	p.reach(checkPackage, f)
	p.finish(f)
	p.send(screen.Answer{Text: " 7B5EA8 "})
	p.want(screen.Done)
}

func TestSecondRoundBeginsAtStepTwo(t *testing.T) {
	f := settled()
	again := logscan.Warning{Kind: logscan.Missing, Session: 1, ID: "9c01f2"}
	f.Upgrade.Log = logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{again}}
	p := play(t)
	p.reach(RunUpgrade, f)
	p.finish(f)
	p.want(screen.NeedsYou)
	old := p.s.attempt
	p.send(screen.Press{Key: "enter"})
	sc := p.s.Screen()
	if sc.Step != OpenLog+1 || sc.Round != 2 || sc.UniqueID != "" || sc.TempPath != "" {
		t.Fatalf("screen %d round %d id %q", sc.Step, sc.Round, sc.UniqueID)
	}
	if len(p.s.facts.Past) != 1 || p.s.facts.Copied() {
		t.Fatalf("past %v, copied %v", p.s.facts.Past, p.s.facts.File.Copied)
	}
	if p.work[0].Round != 2 || p.work[0].Attempt == old {
		t.Fatalf("work %+v", p.work[0])
	}
}

func TestSameIdAgainDoesNotGoRound(t *testing.T) {
	f := settled()
	again := logscan.Warning{Kind: logscan.OtherPackageCode, Session: 1, ID: "7B5EA8"}
	f.Upgrade.Log = logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{again}}
	p := play(t)
	p.reach(RunUpgrade, f)
	p.finish(f)
	p.want(screen.Failed)
	if c := p.s.Screen().Problems[0].Code; c != "copy-not-accepted" {
		t.Fatalf("problem %s", c)
	}
}

func TestKeysThatAreNotOfferedDoNothing(t *testing.T) {
	p := play(t)
	p.finish(settled())
	before := p.s.Screen()
	for _, k := range []string{"y", "n", "s", "esc", "x", "l", ""} {
		p.send(screen.Press{Key: k})
		if after := p.s.Screen(); after.Step != before.Step || after.State != before.State || len(p.work) != 0 {
			t.Errorf("%q did something", k)
		}
	}
}

func TestPollingKeepsTheTimeThatTheWaitBegan(t *testing.T) {
	f := fresh()
	f.Start.LogSize = 9 // nothing new yet
	p := play(t)
	p.reach(openSetupLog, f)
	p.now = t0.Add(time.Second)
	p.finish(f)
	p.want(screen.Looking)
	since := p.s.Screen().Since
	p.now = t0.Add(5 * time.Second)
	p.finish(f)
	p.want(screen.Looking)
	if sc := p.s.Screen(); !sc.Since.Equal(since) || sc.Doing == "" {
		t.Fatalf("since %v, then %v, doing %q", since, sc.Since, sc.Doing)
	}
	if p.work[0].After != logPoll {
		t.Fatalf("after %v", p.work[0].After)
	}
}

func TestGoingOnWithAWizardOpenIsTypedAndCanBeTakenBack(t *testing.T) {
	open := fresh()
	open.Choices.WizardLeft = false
	closed := open
	closed.Wizards = nil
	p := play(t)
	p.finish(open)
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "s"})
	p.want(screen.Asking)
	if q := p.s.Screen().Question; q.Kind != screen.Type || q.Want != "7" {
		t.Fatalf("question %+v", q)
	}
	p.send(screen.Press{Key: "s"})
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "s"})
	f := open
	f.Choices = p.s.facts.Choices
	p.finish(f) // it is looked at again while the question stands
	p.want(screen.Asking)
	p.send(screen.Answer{Text: "7"})
	p.want(screen.Done)
	if !p.s.facts.Choices.WizardLeft {
		t.Error("the choice was not kept")
	}
	p = play(t)
	p.finish(open)
	p.finish(closed)
	p.want(screen.Done) // closed meanwhile
}
