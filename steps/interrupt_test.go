package steps

import (
	"testing"
	"time"

	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func TestControlCAsksAndTwiceLeaves(t *testing.T) {
	p := play(t)
	p.finish(settled())
	p.send(screen.Interrupt{})
	if sc := p.s.Screen(); sc.Left || sc.Question == nil {
		t.Fatal("the first Ctrl+C did not ask")
	}
	p.now = t0.Add(3 * time.Second)
	p.send(screen.Interrupt{})
	if p.s.Screen().Left {
		t.Fatal("a Ctrl+C three seconds later left at once")
	}
	p.now = p.now.Add(2 * time.Second)
	p.send(screen.Interrupt{})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

// TestStayForgetsControlC: the next one asks again, however soon it comes.
func TestStayForgetsControlC(t *testing.T) {
	for _, stay := range []screen.Event{screen.Answer{}, screen.Press{Key: "n"}, screen.Press{Key: "esc"}} {
		p := play(t)
		p.finish(settled())
		for range 3 {
			p.send(screen.Interrupt{})
			if sc := p.s.Screen(); sc.Left || sc.Question == nil {
				t.Fatalf("after %+v Ctrl+C did not ask: left %v", stay, sc.Left)
			}
			p.send(stay)
		}
		p.send(screen.Press{Key: "q"})
		p.send(screen.Interrupt{})
		if p.s.Screen().Left {
			t.Errorf("after %+v and q one Ctrl+C left", stay)
		}
	}
}

func TestControlCTwiceWhileActingWaitsForTheAct(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Answer{Yes: true})
	act := p.work
	p.send(screen.Interrupt{})
	p.send(screen.Interrupt{})
	if p.s.Screen().Left {
		t.Fatal("left while the copy was running")
	}
	p.work = act
	p.finish(settled())
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

func TestExitCodes(t *testing.T) {
	quit := func(p *player) int {
		p.send(screen.Press{Key: "q"})
		p.send(screen.Answer{Yes: true})
		return p.s.Screen().Code
	}
	p := play(t)
	if c := quit(p); c != CodeLeft {
		t.Errorf("left while looking: %d", c)
	}
	healthy := settled()
	healthy.Decision.Verdict = look.Healthy
	healthy.File.Copied, healthy.Upgrade, healthy.Wizards = look.Copied{}, look.Upgrade{}, nil
	p = play(t)
	p.reach(noteID, healthy)
	p.finish(healthy)
	if c := quit(p); c != CodeGood {
		t.Errorf("left a healthy computer at step 5: %d", c)
	}
	unclear := settled()
	unclear.Decision = look.Decision{Verdict: look.Unclear, Reason: "nothing"}
	unclear.File.Copied, unclear.Upgrade = look.Copied{}, look.Upgrade{}
	p = play(t)
	p.reach(noteID, unclear)
	p.finish(unclear)
	p.want(screen.Failed)
	p.send(screen.Press{Key: "esc"})
	if c := quit(p); c != CodeFailed {
		t.Errorf("left after a step failed: %d", c)
	}
	p = play(t)
	p.send(screen.EndOfInput{})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Errorf("end of input: %v %d", sc.Left, sc.Code)
	}
}
