package io.asynclog.autoconfigure.transaction;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database in memory whose commits can be made to fail. */
class FragileDataSource extends DelegatingDataSource implements DisposableBean {
    private final AtomicReference<SQLException> commitFailure = new AtomicReference<>();
    /** The database lives as long as this connection. */
    private final Connection first;

    FragileDataSource() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        setTargetDataSource(database);
        try {
            first = database.getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void failCommits(SQLException failure) {
        commitFailure.set(failure);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    SQLException failure = commitFailure.get();
                    if (failure != null && method.getName().equals("commit")) {
                        throw failure;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public void destroy() throws SQLException {
        first.close();
    }
}
