package practice

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/msi"
)

// wouldUpgrade reports whether the next start is the final one: nothing that the product has cached is lost, or
// somebody has worked in the cache folder since the last upgrade.
func (m *Machine) wouldUpgrade(d disk.Disk) (bool, error) {
	m.mu.Lock()
	renamed := m.renamed
	m.mu.Unlock()
	if renamed {
		return true, nil
	}
	r, err := m.load()
	if err != nil {
		return false, err
	}
	agent, err := r.agent()
	if err != nil {
		return false, err
	}
	return complaint(d, *agent) == "" && len(patchComplaints(d, *agent)) == 0, nil
}

// complaint is what Windows Installer says of the product's cached package, read from the file as it lies there; empty
// if it can be used.
func complaint(d disk.Disk, p computer.Product) string {
	f, info, err := disk.WithInfo(d.Open(p.LocalPackage, disk.ShareRead))
	if errors.Is(err, fs.ErrNotExist) {
		return warnMissing(p.LocalPackage)
	}
	if err != nil {
		return warnNotStorage(p.LocalPackage)
	}
	defer f.Close() // opened for reading: closing it can lose nothing
	identity, err := msi.Read(f, info.Size)
	switch {
	case err != nil:
		return warnNotStorage(p.LocalPackage)
	case identity.PackageCode != p.PackageCode:
		return warnOtherCode(p.LocalPackage)
	}
	return ""
}

// complaints is all that keeps an upgrade from going in.
func (m *Machine) complaints(d disk.Disk, p computer.Product) []string {
	var all []string
	if text := complaint(d, p); text != "" {
		all = append(all, text)
	} else if m.plot.neverAccepts {
		all = append(all, warnNotStorage(p.LocalPackage))
	}
	return append(all, patchComplaints(d, p)...)
}

// patchComplaints is what Windows Installer says of the product's cached patches, read from the files as they lie
// there.
func patchComplaints(d disk.Disk, p computer.Product) []string {
	var all []string
	for _, patch := range p.Patches {
		f, info, err := disk.WithInfo(d.Open(patch.LocalPackage, disk.ShareRead))
		if err != nil {
			all = append(all, warnLostPatch(patch.LocalPackage))
			continue
		}
		is, err := msi.ReadPatch(f, info.Size)
		f.Close() // opened for reading: closing it can lose nothing
		if err != nil || is.Code != patch.Code {
			all = append(all, warnLostPatch(patch.LocalPackage))
		}
	}
	return all
}

// upgrade stops the services, lets Windows Installer patch the product, and starts them again.
func (m *Machine) upgrade(r *run) error {
	d, err := m.ready()
	if err != nil {
		return err
	}
	m.setBusy(true)
	defer m.setBusy(false)
	if err := m.setServices(serviceStopped, serviceStopped); err != nil {
		return err
	}
	if err := m.pause(r.ctx, 900*time.Millisecond); err != nil {
		return err
	}
	ok, err := m.patch(d, r)
	if err != nil {
		return err
	}
	if err := m.setServices(serviceStarts, serviceStopped); err != nil {
		return err
	}
	if err := m.pause(r.ctx, 500*time.Millisecond); err != nil {
		return err
	}
	management, code := serviceRunning, uint32(0)
	if !ok { // the article's first symptom: this service cannot be started
		management, code = serviceStopped, errorSourceAbsent
	}
	if err := m.setServices(serviceRunning, management); err != nil {
		return err
	}
	m.mu.Lock()
	m.renamed = false
	m.mu.Unlock()
	m.setBusy(false) // before the process is seen to have ended
	return m.end(r, code)
}

// patch is Windows Installer's part: it looks at what is cached, writes its log, and registers the new version if all
// is there.
func (m *Machine) patch(d disk.Disk, r *run) (ok bool, err error) {
	reg, err := m.load()
	if err != nil {
		return false, err
	}
	agent, err := reg.agent()
	if err != nil {
		return false, err
	}
	if m.plot.second && agent.LocalPackage == registeredPath && complaint(d, *agent) == "" {
		agent.LocalPackage = secondPath
	}
	all := m.complaints(d, *agent)
	if len(all) == 0 {
		agent.Version = newVersion
	}
	changed := *agent
	err = m.change(func(r *registry) error {
		now, err := r.agent()
		if err == nil {
			*now = changed
		}
		return err
	})
	if err != nil {
		return false, err
	}
	return len(all) == 0, m.logUpgrade(r, *agent, all)
}

// logUpgrade writes what an upgrade leaves in both logs.
func (m *Machine) logUpgrade(r *run, agent computer.Product, complaints []string) error {
	log := &patchWriter{}
	if len(complaints) == 0 {
		log.succeeded(m.now(), r.folder, agent.Version)
		return m.appendLog(patchLogPath, log.text.String(), true)
	}
	log.failed(m.now(), r.folder, agent.LastUsedSource, complaints)
	if err := m.appendLog(patchLogPath, log.text.String(), true); err != nil || m.plot.silentSetup {
		return err
	}
	setup := r.setupWriter(m.now())
	setup.failed()
	return m.appendLog(setupLogPath, setup.text.String(), m.plot.wide)
}

func (m *Machine) setBusy(busy bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.busy = busy
}

// setServices sets the states of the backup service and of the management agent.
func (m *Machine) setServices(engine, management string) error {
	return m.change(func(r *registry) error {
		if len(r.Services) != 2 {
			return fmt.Errorf("\"%s\": it has not the two services of the agent", registryPath)
		}
		r.Services[0].State, r.Services[1].State = engine, management
		return nil
	})
}
