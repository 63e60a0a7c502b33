package steps

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// BenchmarkSession is a walk's twelve steps, each with the result of its look, its screen and Enter: all that happens
// between two frames on the screen's thread.
func BenchmarkSession(b *testing.B) {
	f := settled()
	b.ReportAllocs()
	for b.Loop() {
		s := NewSession(look.Given{}, false, false)
		work := s.Begin(t0)
		for range Count {
			w := work[0]
			s.Handle(Result{Round: w.Round, Step: w.Step, Attempt: w.Attempt, Facts: f}, t0)
			if sc := s.Screen(); sc.State != screen.Done {
				b.Fatalf("step %d is %v", sc.Step, sc.State)
			}
			work = s.Handle(screen.Press{Key: "enter"}, t0)
		}
		if sc := s.Screen(); !sc.Left || sc.Code != CodeGood {
			b.Fatalf("left %v with %d", sc.Left, sc.Code)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*2*Count), "ns/event")
}

// BenchmarkScreen is one screen with a log's lines on it.
func BenchmarkScreen(b *testing.B) {
	f := settled()
	for i := range int64(9) {
		f.Around = append(f.Around, screen.LogLine{Number: 38 + i,
			Text: "MSI (s) (C0:E4) [09:27:14:308]: SOURCEMGMT: Looking for sourcelist", Match: i == 4})
	}
	s := NewSession(look.Given{}, false, false)
	work := s.Begin(t0)
	for s.at < locateLine {
		s.Handle(Result{Round: 1, Step: work[0].Step, Attempt: work[0].Attempt, Facts: f}, t0)
		work = s.Handle(screen.Press{Key: "enter"}, t0)
	}
	s.Handle(Result{Round: 1, Step: work[0].Step, Attempt: work[0].Attempt, Facts: f}, t0)
	b.ReportAllocs()
	for b.Loop() {
		if sc := s.Screen(); len(sc.Excerpt) != len(f.Around) {
			b.Fatalf("%d lines", len(sc.Excerpt))
		}
	}
}

// quietComputer has a disk and no wizard.
type quietComputer struct {
	computer.Looker
	disk disk.Reader
}

func (c quietComputer) Disk() disk.Reader { return c.disk }

func (c quietComputer) Wizards(context.Context) ([]computer.Process, error) { return nil, nil }

// BenchmarkPoll is one look of step 7 at a set-up log in which nothing new stands, five of which are made each second.
func BenchmarkPoll(b *testing.B) {
	line := []byte("0AB0\t0974\t08/04\t13:16:29.206\t18\tmtffile.cpp(1372)\t[0000000053582120]\t1FCFF8B4\t\tWARNING\tFailed: Hr: = [0x8000ffff]\r\n")
	for _, size := range []int{64 << 10, 1 << 20, 100 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			root := b.TempDir()
			temp := filepath.Join(root, "Windows", "Temp")
			if err := os.MkdirAll(temp, 0o755); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(temp, look.SetupLogName), bytes.Repeat(line, size/len(line)),
				0o644); err != nil {
				b.Fatal(err)
			}
			c := quietComputer{disk: disk.NewMapped(map[byte]string{'C': root})}
			f := fresh()
			f.About.Temps = []string{`C:\Windows\Temp`}
			f.SetupLog, f.Setup = look.LogFile{}, logscan.SetupLog{}
			f = look.SetupLines(b.Context(), c, f, look.Env{Now: t0, Report: func(screen.Progress) {}})
			f.Start = look.Start{PID: 7, At: t0, LogSize: f.SetupLog.Info.Size, LogID: f.SetupLog.Info.ID}
			b.ReportAllocs()
			for b.Loop() {
				f = look.OpenSetupLog(b.Context(), c, f, look.Env{Now: t0.Add(time.Second),
					Report: func(screen.Progress) {}})
				if !f.SetupLog.Read || newBytes(f) {
					b.Fatalf("%+v", f.SetupLog)
				}
			}
		})
	}
}
