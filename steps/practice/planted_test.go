package practice_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
)

func TestTwoIDs(t *testing.T) {
	e := at(t, "two-ids")
	log := e.lastSession()
	other := strings.LastIndex(log, `'C:\Windows\Installer\4a91c3.msi' is missing`)
	if mine := strings.LastIndex(log, "'"+cached+"' is missing"); mine < 0 || mine > other {
		t.Errorf("another than the registered package is not the newest in the log:\n%s", log)
	}
	if !bytes.HasPrefix(e.bytes(setupLog), []byte{0xff, 0xfe}) {
		t.Error("the set-up log is not UTF-16")
	}
	e.start()
	if strings.Count(e.text(setupLog), mention) != 2 || strings.Contains(e.text(setupLog), "\ufffd") {
		t.Error("what the installer adds has not the log's encoding")
	}
}

func TestPlanted(t *testing.T) {
	e := at(t, "planted")
	log := e.lastSession()
	for _, hostile := range []string{
		`\..\..\`, `'\\192.0.2.7\`, `'\\?\`, ".msi:hidden'", `\sub\`, "\x1b[2J", "\u202e", ".msi. '", `\CON.msi`,
	} {
		if !strings.Contains(log, hostile) {
			t.Errorf("%q is not in OBPatch.log", hostile)
		}
	}
	good := strings.Index(log, cached)
	if good < strings.Index(log, `'\\?\`) || good > strings.Index(log, "\x1b[2J") {
		t.Error("the good line does not stand between hostile ones")
	}
	setup := e.text(setupLog)
	i := strings.Index(setup, `C:\Users\Public\0bad`)
	if i < 0 || !strings.Contains(setup, mention+`\\192.0.2.7\`) {
		t.Fatal("no planted folder in the set-up log")
	}
	trap := setup[i:][:strings.Index(setup[i:], "\r\n")]
	if s := e.signature(trap + `\Installers\OBSAGENT.msi`); s.State != computer.SignNone {
		t.Errorf("the planted package's signature is %+v", s)
	}
	line := setup[strings.LastIndex(setup[:i], "\n")+1 : i]
	fields := strings.Split(line, "\t")
	stamp, err := time.ParseInLocation("2006 01/02 15:04:05.000", "2026 "+fields[2]+" "+fields[3], time.Local)
	e.ok(err)
	if !stamp.After(now()) || stamp.After(now().Add(24*time.Hour)) { // the latest of all, and not yet last year's
		t.Errorf("the planted stamp is %v, now is %v", stamp, now())
	}
}
