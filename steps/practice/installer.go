package practice

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// packed is a file that the update installer carries, its path relative to the extraction folder.
type packed struct {
	path    string // with slashes
	content []byte
}

// newVersion is what the update installer upgrades to.
const newVersion = "2.0.9262.0"

// buildInstaller makes the update installer: a Windows program with an archive behind it, as self-extracting programs have.
func buildInstaller(carries string) ([]byte, error) {
	if carries == "" {
		carries = agentPackage
	}
	part := buildProgram([4]uint16{2, 0, 9262, 0})
	var b bytes.Buffer
	b.Write(part)
	w := zip.NewWriter(&b)
	w.SetOffset(int64(b.Len()))
	for _, f := range []packed{
		{"CBPSetup.exe", part},
		{"EULA.rtf", []byte(`{\rtf1\ansi There is nothing to agree to on a practice computer.}` + "\r\n")},
		{"Installers/MARSAgent.msp", patchContent("MARSAgent.msp " + newVersion)},
		{"Installers/OBSAGENT.msi", []byte(carries)},
		{"SetupLaunchScreen.exe", part},
	} {
		// Stored, with no times: the same bytes at every call.
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.path, Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("build the practice installer: %w", err)
		}
		if _, err := to.Write(f.content); err != nil {
			return nil, fmt.Errorf("build the practice installer: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("build the practice installer: %w", err)
	}
	return b.Bytes(), nil
}

// unpack lists what an update installer carries.
func unpack(installer []byte) ([]packed, error) {
	r, err := zip.NewReader(bytes.NewReader(installer), int64(len(installer)))
	if err != nil {
		return nil, fmt.Errorf("unpack the practice installer: %w", err)
	}
	var files []packed
	for _, f := range r.File {
		from, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("unpack \"%s\" of the practice installer: %w", f.Name, err)
		}
		content, err := io.ReadAll(from)
		if err != nil {
			return nil, fmt.Errorf("unpack \"%s\" of the practice installer: %w", f.Name, err)
		}
		files = append(files, packed{f.Name, content})
	}
	return files, nil
}

// patchContent is what the practice computer's patches hold: the mark of a storage, and which patch it is.
func patchContent(which string) []byte {
	return append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), which+"\r\n"...)
}
