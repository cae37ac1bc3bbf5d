//! What the processes of a terminal are at, as far as the system tells.

/// Whether no thread of any process of the group is at work: of those that can be seen, which off
/// Linux are none.
pub fn asleep(group: i32) -> bool {
    let members = |directory: &str| {
        std::fs::read_dir(directory)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok())
            .collect::<Vec<_>>()
    };
    members("/proc")
        .into_iter()
        .filter(|process| fields(&format!("/proc/{process}/stat")).is_some_and(|(_, of)| of == group))
        .flat_map(|process| {
            let threads = format!("/proc/{process}/task");
            members(&threads).into_iter().map(move |thread| format!("{threads}/{thread}/stat"))
        })
        // Running or about to, or reading from a disk; one that has ended meanwhile is neither.
        .all(|thread| fields(&thread).is_none_or(|(state, _)| !matches!(state, 'R' | 'D')))
}

/// The state and the process group of a line of `stat`: they follow the name, which is in parentheses
/// and may itself have some, with the parent between them (`proc_pid_stat(5)`).
fn fields(path: &str) -> Option<(char, i32)> {
    let line = std::fs::read_to_string(path).ok()?;
    let mut fields = line.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.nth(1)?.parse().ok()?))
}
