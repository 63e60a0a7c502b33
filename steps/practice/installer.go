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

// buildInstaller makes the update installer: a Windows program with an archive behind it, as self-extracting programs
// have.
func buildInstaller(p plot) ([]byte, error) {
	carries := p.carries
	if carries == "" {
		carries = agentPackage
	}
	part := buildProgram([4]uint16{2, 0, 9262, 0})
	var b bytes.Buffer
	b.Write(part)
	w := zip.NewWriter(&b)
	w.SetOffset(int64(b.Len()))
	files := []packed{
		{"CBPSetup.exe", part},
		{"EULA.rtf", []byte(`{\rtf1\ansi There is nothing to agree to on a practice computer.}` + "\r\n")},
		{"Installers/MARSAgent.msp", newPatch()},
		{"Installers/OBSAGENT.msi", []byte(carries)},
		{"SetupLaunchScreen.exe", part},
	}
	if p.patches {
		files = append(files, packed{"Installers/KB5012345.msp", registeredPatch()}, packed{"KB4487102.msp", hotfix()})
	}
	for _, f := range files {
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
