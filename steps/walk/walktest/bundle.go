package walktest

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

var BundledAt = time.Date(2026, time.March, 4, 10, 0, 0, 0, time.UTC)

// Ill is a practice computer as it is found, before anybody has walked it.
func Ill(t *testing.T) (*practice.Machine, string) {
	t.Helper()
	dir := MemoryDir(t)
	m := practise(t, practice.Options{Keep: dir, Now: func() time.Time { return BundledAt }})
	if _, err := m.Products(context.Background()); err != nil { // makes its disk
		t.Fatal(err)
	}
	return m, filepath.Join(dir, "C")
}

func PlanBundle(t *testing.T, l computer.Looker, o bundle.Options) bundle.Bundle {
	t.Helper()
	o.Now, o.Version = BundledAt, "test"
	b, p := bundle.Plan(context.Background(), l, o)
	if p != nil {
		t.Fatal(p)
	}
	return b
}

// Unzip writes a bundle and reads it back.
func Unzip(t *testing.T, b bundle.Bundle) map[string]string {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Write(context.Background(), &buf, func(screen.Progress) {}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func AppendFile(t *testing.T, path string, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func Utf16LE(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

func DiagnosisReport(t *testing.T) report.Report {
	t.Helper()
	m, _ := Ill(t)
	d, made, err := diagnose.Look(context.Background(), m, "test", BundledAt, func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	r := made()
	if r.Verdict != "SRV-PRACTICE needs the repair. The cached package C:\\Windows\\Installer\\7b5ea8.msi is missing, and Windows Installer expects it." ||
		r.ExitCode != d.Verdict.Code() || r.UniqueID != d.UniqueID || len(r.Steps) != 12 {
		t.Errorf("%s, code %d, %s, %d steps", r.Verdict, r.ExitCode, r.UniqueID, len(r.Steps))
	}
	return r
}

func FileNames(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var ns []string
	for _, e := range entries {
		ns = append(ns, e.Name())
	}
	return ns
}
