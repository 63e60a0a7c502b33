package practice

import (
	"fmt"
	"strings"
	"time"
)

// Scenario is a story that a practice computer can play.
type Scenario struct {
	Name string
	Line string // what it is about, one line
}

// plot is what the computer of a scenario looks like and does. The zero plot is the article's story.
type plot struct {
	Scenario
	cached  string        // the bytes under the registered package's name; empty: there is no such file
	carries string        // the OBSAGENT.msi that the installer brings; empty: the registered one
	drive   string        // to which the installer extracts; empty: C:
	age     time.Duration // of the last session of OBPatch.log; 0: a day
	last    []string      // what the last session complains of; nil: that the registered package is missing
	setup   func(w *setupWriter)
	wide    bool // the set-up log is UTF-16

	open         bool // a wizard runs already
	closesEarly  bool // the first wizard closes by itself
	silentSetup  bool // the installer writes nothing to the set-up log
	hotfixed     bool // a second patch is registered
	patchesLost  bool // the cached files of the registered patches are gone
	patches      bool // the installer brings them, under names of its own
	unread       bool // the registration cannot be read, whoever asks
	second       bool // after the first upgrade another package is registered
	neverAccepts bool // the upgrade cannot use the package whatever it is
	fault        fault
}

// fault is what breaks while marsfix copies.
type fault uint8

const (
	noFault       fault = iota
	sourceGoes          // the source is gone once a file was created in the cache folder; the next one stays
	targetAppears       // another file gets the package's name meanwhile
	diskFull            // writing into the cache folder runs out of room
)

// Scenarios lists the stories; the first is the article's.
func Scenarios() []Scenario {
	all := plots()
	names := make([]Scenario, len(all))
	for i, p := range all {
		names[i] = p.Scenario
	}
	return names
}

// List is a line for each story.
func List() (lines []string) {
	for _, s := range Scenarios() {
		lines = append(lines, fmt.Sprintf("%-17s %s", s.Name, s.Line))
	}
	return lines
}

func find(name string) (plot, error) {
	all := plots()
	if name == "" {
		return all[0], nil
	}
	names := make([]string, len(all))
	for i, p := range all {
		if p.Name == name {
			return p, nil
		}
		names[i] = p.Name
	}
	return plot{}, fmt.Errorf("%w \"%s\": choose one of %s", ErrScenario, name, strings.Join(names, ", "))
}

func plots() []plot {
	return []plot{
		{Scenario: Scenario{"missing",
			"the article's story: the cached package is missing"}},
		{Scenario: Scenario{"healthy", "nothing to repair: the package is in place, the log is old"},
			cached: agentPackage, age: 31 * 24 * time.Hour},
		{Scenario: Scenario{"two-ids", "the log names two packages, the registration one of them"},
			last: []string{warnMissing(registeredPath), warnMissing(cachePath("4a91c3"))}, wide: true},
		{Scenario: Scenario{"unregistered", "the log names two packages; no registration can be read"},
			last: []string{warnMissing(cachePath("4a91c3")), warnMissing(registeredPath)}, unread: true},
		{Scenario: Scenario{"second-package", "after the first repair, a second package is missing too"},
			second: true},
		{Scenario: Scenario{"other-drive", "the installer extracts its files to drive F:"}, drive: "F:"},
		{Scenario: Scenario{"wrong-package", "the installer contains a package with a different package code"},
			carries: otherPackage},
		{Scenario: Scenario{"unsigned", "the installer contains the right package, but unsigned"},
			carries: unsignedPackage},
		{Scenario: Scenario{"planted", "both logs contain planted hostile lines around a genuine one"},
			last: plantedWarnings(), setup: (*setupWriter).planted},
		{Scenario: Scenario{"wizard-open", "an upgrade wizard is already open"}, open: true},
		{Scenario: Scenario{"closed-too-early", "the first wizard closes by itself and its folder is deleted"},
			closesEarly: true},
		{Scenario: Scenario{"no-errlog", "the installer writes nothing to its log"}, silentSetup: true},
		{Scenario: Scenario{"source-vanishes", "the package disappears while it is being copied"}, fault: sourceGoes},
		{Scenario: Scenario{"target-appears", "another file takes the package's name during the copy"},
			fault: targetAppears},
		{Scenario: Scenario{"bad-target", "a wrong file already has the package's name"},
			cached: "This is not a Windows Installer package.\r\n", last: []string{warnNotStorage(registeredPath)}},
		{Scenario: Scenario{"disk-full", "the disk fills up during the copy"}, fault: diskFull},
		{Scenario: Scenario{"patch-missing",
			"a registered patch is missing; the installer contains it"},
			cached: agentPackage, last: []string{warnLostPatch(patchPath)}, patchesLost: true, patches: true},
		{Scenario: Scenario{"patch-elsewhere", "a registered patch is missing and cannot be found here"},
			cached: agentPackage, last: []string{warnLostPatch(patchPath)}, patchesLost: true},
		{Scenario: Scenario{"cache-emptied",
			"the cached package and two patches are missing"},
			last:     []string{warnMissing(registeredPath), warnLostPatch(patchPath), warnLostPatch(hotfixPath)},
			hotfixed: true, patchesLost: true, patches: true},
		{Scenario: Scenario{"still-fails", "the upgrade fails again after the copy, for the same package"},
			neverAccepts: true},
	}
}
