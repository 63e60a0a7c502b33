// Command marsfix walks a help-desk engineer through Microsoft's article KB 4020490: the MARS Agent's upgrade fails
// with error 1612 because Windows Installer has lost its cached package.
//
// This file is the command line and the exit codes, nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"marsfix/steps"
	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk"
	"marsfix/steps/winmachine"
	"marsfix/ui"
	"marsfix/ui/flags"
)

// Exit codes beside those of a walk and of a verdict.
const (
	codeUsage    = 64 // wrong usage, a system without Windows Installer included
	codeInternal = 70 // a fault of marsfix itself; the screen has been restored
)

// version and commit are set when a release is built from a tag (-ldflags "-X main.version=… -X main.commit=…").
var (
	version = "1.1.0-dev"
	commit  = ""
)

func main() {
	winmachine.RestrictDLLSearch() // before anything else can load a DLL from the folder that marsfix lies in
	wait := winmachine.KeepConsole(os.Stdin, os.Stdout)
	code := run(os.Args[1:], practice.Sleep)
	wait("press Enter to close")
	os.Exit(code)
}

// app is what commands need of the world.
type app struct {
	ctx     context.Context
	in, out *os.File
	events  <-chan screen.Event                        // the signals to leave, of a command that walks
	wait    func(context.Context, time.Duration) error // lets time pass on a practice computer; nil: none passes
}

// run does what the command line asks for and tells the exit code.
func run(args []string, wait func(context.Context, time.Duration) error) (code int) {
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = &ui.Panic{Value: r, Stack: debug.Stack()}
		}
		if err != nil && ui.Failed(ui.Text(os.Stderr), err) {
			code = codeInternal
		}
	}()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	a := &app{ctx: ctx, in: os.Stdin, out: os.Stdout, wait: wait}
	code, err = a.dispatch(args)
	return code
}

// dispatch reads the command line and runs the command.
func (a *app) dispatch(args []string) (int, error) {
	c, want, err := flags.Parse(commandLine(), args)
	switch {
	case err != nil:
		return codeUsage, screen.Hinted{Err: err, Hint: strings.TrimSpace("marsfix "+c.Name) + " --help"}
	case want == flags.Version:
		_, err = fmt.Fprintln(a.text(), flags.Built("marsfix", version, commit))
	case want == flags.Help && c.Name == "":
		_, err = io.WriteString(a.text(), ui.Usage)
	case want == flags.Help:
		_, err = io.WriteString(a.text(), c.Usage("marsfix"))
	default:
		return c.Do(a)
	}
	if err != nil {
		return codeInternal, fmt.Errorf("cannot print the help: %w", err)
	}
	return 0, nil
}

// text is standard output as lines of text.
func (a *app) text() io.Writer { return ui.Text(a.out) }

// stoppable lets the signals to leave end what a command does that does not walk.
func (a *app) stoppable() { a.ctx = ui.Stoppable(a.ctx) }

// command is one that the command line may name; it tells the exit code.
type command = flags.Command[func(*app) (int, error)]

func commandLine() []command {
	return []command{theWizard(), practising(), diagnosing(&diagnoseFlags{}), undoing(), bundling()}
}

// walkFlags are those of the wizard, on whatever computer.
type walkFlags struct {
	look.Given
	Report                string
	Plain, NoColor, ASCII bool
}

func (f *walkFlags) flags() []flags.Flag {
	return []flags.Flag{
		{Name: "installer", Value: "FILE", Help: "Use this update installer (MARSAgentInstaller*.exe).",
			Text: &f.Installer, Path: true},
		{Name: "patch-log", Value: "FILE", Help: "Read this OBPatch.log.", Text: &f.PatchLog, Path: true},
		{Name: "setup-log", Value: "FILE", Help: "Read this OBInstaller0Curr.errlog.", Text: &f.SetupLog, Path: true},
		{Name: "plain", On: &f.Plain, Help: "Print lines, not screens: for screen readers, serial consoles, recordings."},
		{Name: "no-color", Help: "Use no colours (the variable NO_COLOR does the same).", On: &f.NoColor},
		{Name: "ascii", Help: "Draw with ASCII characters only.", On: &f.ASCII},
		{Name: "report", Value: "DIR", Help: "Write the report into DIR instead of marsfix's own folder.",
			Text: &f.Report},
	}
}

func theWizard() command {
	f := &walkFlags{}
	return command{Help: "Repair this computer, step by step.", Flags: f.flags(), Do: func(a *app) (int, error) {
		a.events = ui.Signals(a.ctx)
		m, err := winmachine.New()
		if err != nil {
			return codeUsage, err
		}
		if f.Report, err = report.Into(f.Report, "marsfix"); err != nil {
			return codeUsage, errors.Join(err, m.Close())
		}
		m.Arguments = flags.Arguments(f.flags())
		code, err := a.walk(m, f)
		return code, errors.Join(err, m.Close())
	}}
}

func practising() command {
	var o practice.Options
	f, list, tour := &walkFlags{}, false, false
	return command{Name: "practice", Flags: append([]flags.Flag{
		{Name: "scenario", Value: "NAME", Help: "Play this scenario (see --list).", Text: &o.Scenario},
		{Name: "list", Help: "List the scenarios.", On: &list},
		{Name: "keep", Value: "DIR", Help: "Keep the practice computer's disk in DIR.", Text: &o.Keep},
		{Name: "tour", Help: "Show every mark, colour and width, and what you should see: to check a console.",
			On: &tour},
	}, f.flags()...), Do: func(a *app) (code int, err error) {
		if list {
			return 0, ui.Lines(a.text(), practice.List()...)
		}
		a.events = ui.Signals(a.ctx)
		if tour {
			face := a.options(f)
			return ui.Show(a.ctx, ui.NewShowcase(face), face)
		}
		if f.Report, err = report.Into(f.Report, "marsfix practice"); err != nil {
			return codeUsage, err
		}
		o.Wait, o.HostFiles = a.wait, []string{f.Installer, f.PatchLog, f.SetupLog}
		m, err := practice.New(o)
		if err != nil {
			return codeUsage, err
		}
		defer func() { err = errors.Join(err, m.Close()) }()
		code, err = a.walk(m, f)
		fmt.Fprintf(a.text(), "  disk       %s\n", m.Fate())
		return code, err
	}, Help: "Walk through the repair on a practice computer, on any system."}
}

// walk shows a walk on a computer, and writes its report.
func (a *app) walk(m computer.Machine, f *walkFlags) (int, error) {
	w := walk.New(a.ctx, m, walk.Options{Given: f.Given, Clock: screen.SystemClock{}, Version: version})
	end := sync.OnceFunc(w.Close)
	defer end()
	o := a.options(f)
	o.OpenLog, o.Copy = w.Open, winmachine.Copy
	o.Closing = func() []string {
		end() // before the report: a change that is being made comes to its end
		return w.SaveReport(a.ctx, f.Report)
	}
	return ui.Show(a.ctx, w, o)
}

// options are those that the command line and this console give every face.
func (a *app) options(f *walkFlags) ui.Options {
	return ui.Options{NoColor: f.NoColor, ASCII: f.ASCII || winmachine.PoorFont(), Signals: a.events,
		Plain: f.Plain, NoScreen: winmachine.NoScreen(a.in, a.out), In: winmachine.Input(a.in), Text: a.text()}
}

// diagnoseFlags are those of looking only.
type diagnoseFlags struct {
	diagnose.Form
	Root string
}

func diagnosing(f *diagnoseFlags) command {
	return command{Name: "diagnose", Flags: []flags.Flag{
		{Name: "json", Help: "Print one JSON object and nothing else.", On: &f.JSON, Against: "line"},
		{Name: "line", Help: "Print one line of at most 2,048 characters, for management tools that keep one.", On: &f.Line},
		{Name: "root", Value: "DIR", Help: "Look at a mounted disk or a folder of collected logs instead of this computer.",
			Text: &f.Root},
		{Name: "report", Value: "DIR", Help: "Also write report.html and report.json into DIR.", Text: &f.Report},
	}, Do: func(a *app) (int, error) {
		a.stoppable()
		code, err := a.diagnose(f)
		if err != nil && f.Line { // an engine that keeps one line takes anything on standard error for a crash
			err = diagnose.PrintError(a.text(), err)
		}
		return code, err
	}, Help: "Look only, change nothing. Exit code: 0 healthy, 1 repair needed, 2 unclear."}
}

// diagnose tells the diagnosis, and writes the report of it where one is wanted. A code that is a verdict comes without
// an error only: engines count by it.
func (a *app) diagnose(f *diagnoseFlags) (int, error) {
	l, err := offline.Or(f.Root, func() (computer.Looker, error) { return winmachine.New() })
	if err != nil {
		return codeUsage, err
	}
	dir, err := report.Into(f.Report, "marsfix diagnose")
	if err != nil {
		return codeUsage, err
	}
	go f.Form.Prepare()
	d, told, err := diagnose.Look(a.ctx, l, version, time.Now(), func(screen.Progress) {})
	if err != nil {
		return steps.LeftOr(a.ctx, codeInternal), screen.Hinted{Err: err, Hint: "marsfix diagnose"}
	}
	if f.Report, err = report.Made(dir, told, time.Now(), "marsfix diagnose"); err != nil {
		return codeUsage, err
	}
	if err := d.Print(a.text(), f.Form); err != nil {
		return codeUsage, err // no verdict: nobody has read it whole
	}
	return d.Verdict.Code(), nil
}

func undoing() command {
	return command{Name: "undo", Do: func(a *app) (int, error) {
		return a.propose(func(m computer.Machine) (screen.Proposal, error) { return undo.Propose(a.ctx, m, time.Now) })
	}, Help: "Take back the last copy that marsfix made, if it has not changed since."}
}

func bundling() command {
	out, o := "", bundle.Options{}
	return command{Name: "bundle", Flags: []flags.Flag{
		{Name: "out", Value: "FILE", Help: "Write the zip to FILE (default: in the folder of reports).", Text: &out},
		{Name: "hide-users", Help: "Also remove the names of users.", On: &o.HideUsers},
	}, Do: func(a *app) (int, error) {
		return a.propose(func(m computer.Machine) (screen.Proposal, error) {
			o.Version, o.Now = version, time.Now()
			return bundle.Propose(a.ctx, m, out, o)
		})
	}, Help: "Pack logs, registration, journal and report into one zip for Microsoft Support."}
}

// propose tells what a command would change on this computer, asks, and does it.
func (a *app) propose(what func(computer.Machine) (screen.Proposal, error)) (code int, err error) {
	a.stoppable()
	m, err := winmachine.New()
	if err != nil {
		return codeUsage, err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	proposed, err := what(m)
	if err != nil {
		return steps.LeftOr(a.ctx, steps.CodeFailed), err
	}
	if yes, err := ui.Agreed(a.ctx, proposed, winmachine.Input(a.in), a.text()); err != nil || !yes {
		return steps.CodeLeft, err
	}
	done, err := proposed.Do()
	switch {
	case err == nil:
		return 0, ui.Lines(a.text(), done)
	case proposed.Whole:
		return steps.CodeFailed, err
	}
	return steps.LeftOr(a.ctx, steps.CodeFailed), err
}
